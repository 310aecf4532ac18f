import { raise } from './error.ts';
import type { Token, TokenKind } from './token.ts';

const maximalDepth = 150;

/** Walks over tokens for the parsers, and keeps what they must remember while inside a macro. */
export class Cursor {
  #at = 0;
  #depth = 0;
  /** Names read since the enclosing macro began; tells whether it takes varargs, kwargs, caller. */
  reads = new Set<string>();

  constructor(readonly tokens: readonly Token[]) {}

  get token(): Token {
    return this.tokens[this.#at] as Token;
  }

  peek(offset = 1): Token {
    return this.tokens[Math.min(this.#at + offset, this.tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.#at++;
    return token;
  }

  /** End offset of the token before the current one. */
  get lastEnd(): number {
    return this.#at === 0 ? this.token.start : (this.tokens[this.#at - 1] as Token).end;
  }

  isOperator(value: string): boolean {
    const { token } = this;
    return token.kind === 'operator' && token.value === value;
  }

  isName(value: string): boolean {
    const { token } = this;
    return token.kind === 'name' && token.value === value;
  }

  takeOperator(value: string): boolean {
    if (!this.isOperator(value)) return false;
    this.#at++;
    return true;
  }

  takeName(value: string): boolean {
    if (!this.isName(value)) return false;
    this.#at++;
    return true;
  }

  expectOperator(value: string, why: string): Token {
    if (!this.isOperator(value)) this.fail(`${why}, found ${describe(this.token)}`, value);
    return this.next();
  }

  expectKind(kind: TokenKind, why: string): Token {
    if (this.token.kind !== kind) this.fail(`${why}, found ${describe(this.token)}`);
    return this.next();
  }

  fail(problem: string, expected?: string): never {
    const { token } = this;
    return raise('CH201', { problem, ...(expected !== undefined && { expected }) }, [
      token.start,
      Math.max(token.end, token.start + 1),
    ]);
  }

  /** Runs a recursive production; nesting beyond any sane template is refused instead of overflowing the stack. */
  nested<T>(production: () => T): T {
    if (++this.#depth > maximalDepth) {
      raise('CH218', { what: 'expressions or blocks nested', limit: `${maximalDepth} deep` }, [
        this.token.start,
        this.token.end,
      ]);
    }
    const result = production();
    this.#depth--;
    return result;
  }
}

/** A token in words for messages. */
export function describe(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end of the template';
    case 'block-end':
      return '`%}`';
    case 'variable-end':
      return '`}}`';
    case 'string':
      return 'a string';
    case 'data':
      return 'template text';
    case 'block-begin':
      return '`{%`';
    case 'variable-begin':
      return '`{{`';
    case 'name':
    case 'integer':
    case 'float':
    case 'operator':
      return `\`${token.value}\``;
  }
}
