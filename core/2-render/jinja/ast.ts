/** Half-open range of offsets in the template's file. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export interface Argument {
  /** `*`: unpack a sequence; `**`: unpack a mapping; else a plain positional or keyword argument. */
  readonly unpack?: '*' | '**';
  readonly name?: string;
  /** Where the argument begins: its name, if it has one. */
  readonly start: number;
  readonly value: Expression;
}

export type Expression = Range &
  (
    | { readonly kind: 'constant'; readonly value: string | number | bigint | boolean | null }
    | { readonly kind: 'float'; readonly value: number }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
    | { readonly kind: 'dict'; readonly entries: readonly (readonly [Expression, Expression])[] }
    | { readonly kind: 'unary'; readonly operator: '-' | '+' | 'not'; readonly operand: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'logical';
        readonly operator: 'and' | 'or';
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'compare';
        readonly first: Expression;
        readonly rest: readonly { readonly operator: CompareOperator; readonly operand: Expression }[];
      }
    | { readonly kind: 'concat'; readonly parts: readonly Expression[] }
    | {
        readonly kind: 'conditional';
        readonly test: Expression;
        readonly then: Expression;
        readonly otherwise?: Expression;
      }
    | {
        readonly kind: 'filter';
        /** Undefined inside a filter block: the block's text is the input. */
        readonly input?: Expression;
        readonly name: string;
        readonly nameStart: number;
        readonly args: readonly Argument[];
      }
    | {
        readonly kind: 'test';
        readonly input: Expression;
        readonly name: string;
        readonly nameStart: number;
        readonly negated: boolean;
        readonly args: readonly Argument[];
      }
    | { readonly kind: 'attribute'; readonly object: Expression; readonly name: string }
    | { readonly kind: 'item'; readonly object: Expression; readonly key: Expression }
    | {
        readonly kind: 'slice';
        readonly object: Expression;
        readonly from?: Expression;
        readonly to?: Expression;
        readonly step?: Expression;
      }
    | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] }
  );

export type FilterExpression = Extract<Expression, { kind: 'filter' }>;
export type CallExpression = Extract<Expression, { kind: 'call' }>;

/** What an assignment or a loop binds: a name, `ns.attribute`, or a tuple of targets. */
export type Target = Range &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly object: string; readonly name: string }
    | { readonly kind: 'tuple'; readonly items: readonly Target[] }
  );

export interface Parameter extends Range {
  readonly name: string;
  readonly default?: Expression;
}

/** Parameters and body of a macro, a generic test or a call block. */
export interface MacroSignature {
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  /** The body reads `varargs`, `kwargs`, `caller`: only then extra arguments are accepted. */
  readonly readsVarargs: boolean;
  readonly readsKwargs: boolean;
  readonly readsCaller: boolean;
}

export type MacroStatement = Range &
  MacroSignature & {
    readonly kind: 'macro';
    readonly name: string;
    /** `{% test %}` blocks are macros named `test_<name>`. */
    readonly flavour: 'macro' | 'test';
  };

export type Statement = Range &
  (
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'output'; readonly expression: Expression }
    | {
        readonly kind: 'if';
        readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
        readonly otherwise: readonly Statement[];
      }
    | {
        readonly kind: 'for';
        readonly target: Target;
        readonly iterable: Expression;
        readonly filter?: Expression;
        readonly recursive: boolean;
        readonly body: readonly Statement[];
        readonly otherwise: readonly Statement[];
      }
    | { readonly kind: 'set'; readonly targets: Target; readonly value: Expression }
    | {
        readonly kind: 'set-block';
        readonly target: Target;
        readonly filter?: Expression;
        readonly body: readonly Statement[];
      }
    | { readonly kind: 'do'; readonly expression: Expression }
    | {
        readonly kind: 'with';
        readonly bindings: readonly { target: Target; value: Expression }[];
        readonly body: readonly Statement[];
      }
    | { readonly kind: 'filter-block'; readonly filter: Expression; readonly body: readonly Statement[] }
    | { readonly kind: 'call-block'; readonly call: CallExpression; readonly block: MacroSignature }
    | { readonly kind: 'break' }
    | { readonly kind: 'continue' }
    | (MacroSignature & { readonly kind: 'macro'; readonly name: string; readonly flavour: 'macro' | 'test' })
  );

/** A parsed template. Offsets in its tree are offsets in `text`, the whole file, even where only a part was parsed. */
export interface Template {
  readonly file: string;
  readonly text: string;
  readonly body: readonly Statement[];
  /**
   * For a template in a YAML scalar: where it stands. `shift` turns template offsets into file offsets; undefined
   * when the scalar is escaped or folded, so that only the whole scalar can be pointed at.
   */
  readonly inside?: { readonly start: number; readonly end: number; readonly shift?: number };
}
