import { type Diagnostic, reportBind } from '../../diagnostics/index.ts';
import type { EngineError } from '../engine/error.ts';
import { nameRules } from './name-rules.ts';
import type { ExplainContext, Rule } from './rule.ts';
import { placeOf, type Site } from './site.ts';
import { typeRules } from './type-rules.ts';

const selectKeywords = /^(?:select|with|from|values|pivot|unpivot|table|describe|summarize|show)$/i;

const parserRule: Rule = (error, site) => {
  if (error.kind !== 'Parser') return undefined;
  const keyword = firstKeyword(site.sql);
  if (
    keyword !== undefined &&
    /^[a-z]+$/i.test(keyword) &&
    !selectKeywords.test(keyword) &&
    statements.test(keyword)
  ) {
    return reportBind('CH417', { model: site.name, keyword }, placeOf(site, undefined, keyword));
  }
  if (error.message.includes('at or near ";"')) {
    return reportBind('CH416', { model: site.name }, placeOf(site, error.position));
  }
  if (keyword === undefined) {
    const cause = 'There is no SQL left after rendering.';
    return reportBind('CH401', { engine: 'it is empty', cause }, { span: site.span, node: site.node });
  }
  const atEnd = error.position !== undefined && error.position >= Buffer.byteLength(site.sql.trimEnd());
  const position = atEnd ? Buffer.byteLength(site.sql.replace(/\S+\s*$/, '')) : error.position;
  const open = /^unterminated .*?(?= at or near)/.exec(error.message)?.[0];
  const engine = atEnd ? 'it ends too early' : (open ?? error.message);
  return reportBind('CH401', { engine }, placeOf(site, position));
};

const fileRule: Rule = (error, site) =>
  error.kind === 'IO' || error.kind === 'HTTP'
    ? reportBind('CH414', { engine: error.message }, placeOf(site, error.position))
    : undefined;

const statements =
  /^(?:insert|update|delete|merge|create|drop|alter|copy|attach|detach|call|set|pragma|begin|commit|install|load|use|export|import|vacuum|truncate|grant|explain|execute|prepare)$/i;

/** In order; the first that knows the error's kind speaks. */
const rules: readonly Rule[] = [parserRule, ...nameRules, ...typeRules, fileRule];

/** A DuckDB error as a diagnostic at the place of the user's file that caused it. */
export function explain(error: EngineError, site: Site, context: ExplainContext): Diagnostic {
  for (const rule of rules) {
    const diagnostic = rule(error, site, context);
    if (diagnostic !== undefined) return diagnostic;
  }
  const name = /"([^"]+)"/.exec(error.message)?.[1];
  const engine = error.message.replace(/\s*\n\s*/g, ' ').trim();
  return reportBind('CH415', { engine }, placeOf(site, error.position, name));
}

function firstKeyword(sql: string): string | undefined {
  const code = sql.replace(/^(?:\s+|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/|\()+/, '');
  return /^(?:[a-z_]+|\S)/i.exec(code)?.[0];
}
