import type { Expression } from '../../sql/index.ts';
import type { PrintExpression, Tools } from '../print/dialect.ts';
import { type Family, familyOf, spellType } from '../types/family.ts';

/** A cast that means what DuckDB's does: its rounding, its texts, and nothing made of an empty text. */
export function fabricCast(
  cast: Extract<Expression, { kind: 'cast' }>,
  type: string,
  print: PrintExpression,
  tools: Tools,
): string {
  const keyword = cast.lenient ? 'try_cast' : 'cast';
  const value = print(cast.operand);
  const from = familyOf(tools.typeOf(cast.operand));
  const to = familyOf(spellType(cast.type));
  // T-SQL cuts fractions off; DuckDB rounds, doubles half to even.
  if (to === 'integer' && from === 'float') {
    const even = `2 * round(${value} / 2, 0)`;
    return `${keyword}(case when ${value} - floor(${value}) = 0.5 then ${even} else round(${value}, 0) end as ${type})`;
  }
  if (to === 'integer' && from === 'decimal') return `${keyword}(round(${value}, 0) as ${type})`;
  if (from === 'text' && to !== 'text' && cast.operand.kind !== 'literal')
    return fromText(cast, value, to, type);
  if (to === 'text') return toText(cast, value, from, type, tools) ?? `${keyword}(${value} as ${type})`;
  return `${keyword}(${value} as ${type})`;
}

/**
 * T-SQL makes 0, 1900-01-01 or false of an empty text, where DuckDB makes an error, or NULL of `try_cast`. And it reads
 * no fraction as an integer, nor only ISO dates as dates.
 */
function fromText(
  { lenient }: Extract<Expression, { kind: 'cast' }>,
  value: string,
  to: Family,
  type: string,
): string {
  if (!lenient) return `cast(case when ${value} = '' then 'empty' else ${value} end as ${type})`;
  const given = `nullif(${value}, '')`;
  if (to === 'integer')
    return `coalesce(try_cast(${given} as ${type}), try_cast(round(try_cast(${given} as float), 0) as ${type}))`;
  if (to === 'date' || to === 'timestamp')
    return `case when ${value} like '[0-9][0-9][0-9][0-9]-%' then try_cast(${value} as ${type}) end`;
  return `try_cast(${given} as ${type})`;
}

function toText(
  cast: Extract<Expression, { kind: 'cast' }>,
  value: string,
  from: Family,
  type: string,
  tools: Tools,
): string | undefined {
  switch (from) {
    case 'boolean':
      return `case ${value} when 1 then 'true' when 0 then 'false' end`;
    case 'float':
      return tools.refuse(cast, {
        what: 'a double as text',
        why: 'T-SQL writes six digits, DuckDB all of them',
        rewrite: 'cast to a decimal first',
      });
    case 'timestamp':
      return timestampText(value);
    case 'date':
      return `convert(varchar(10), ${value}, 23)`;
    case 'null':
      return `cast(${value} as ${type})`;
    default:
      return undefined;
  }
}

/** With as many digits of a second as it has, as DuckDB writes it. */
function timestampText(value: string): string {
  const digits = `right('000000' + cast(datepart(microsecond, ${value}) as varchar(6)), 6)`;
  const shortened = `replace(rtrim(replace(${digits}, '0', ' ')), ' ', '0')`;
  return `convert(varchar(19), ${value}, 120) + case when datepart(microsecond, ${value}) = 0 then '' else '.' + ${shortened} end`;
}
