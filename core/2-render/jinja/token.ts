/** Kinds of tokens: template data, the delimiters, and what stands between them. */
export type TokenKind =
  | 'data'
  | 'block-begin'
  | 'block-end'
  | 'variable-begin'
  | 'variable-end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'end';

/** `value` is the text of names and operators, the decoded content of strings, the trimmed text of data. */
export interface Token {
  readonly kind: TokenKind;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}
