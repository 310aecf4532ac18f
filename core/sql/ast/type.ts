/** A SQL type as the parser saw it: not yet resolved against a catalog. */
export type TypeNode =
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'decimal'; readonly width: number; readonly scale: number }
  | { readonly kind: 'list'; readonly element: TypeNode }
  | { readonly kind: 'array'; readonly element: TypeNode; readonly size: number }
  | {
      readonly kind: 'struct';
      readonly fields: readonly { readonly name: string; readonly type: TypeNode }[];
    }
  | { readonly kind: 'map'; readonly key: TypeNode; readonly value: TypeNode }
  | {
      readonly kind: 'union';
      readonly members: readonly { readonly name: string; readonly type: TypeNode }[];
    }
  | { readonly kind: 'enum'; readonly values: readonly string[] }
  | {
      readonly kind: 'user';
      readonly schema: string;
      readonly name: string;
      readonly modifiers: readonly string[];
    };
