import type { Relation } from '../../../2-render/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import type { Session } from '../adapter.ts';
import { isText, packExpression, packedNull } from '../remote/packed-rows.ts';
import { identifier, literal, relationName } from './quote.ts';

/** Livy cuts a result off at a thousand rows; rows travel packed, many to a row of the result. */
const rowsPerPack = 400;
const mostPacks = 200;
/** Characters of one answer, about: Livy holds it in memory, several times over. */
const charactersPerAnswer = 16_000_000;
const charactersPerValue = 12;

/**
 * Reads a whole relation through a session, as packed lines: every value as Spark's text of it. Works over Livy alone,
 * without a file system that both sides see.
 */
export async function* readSparkRows(
  session: Session,
  relation: Relation,
  columns: readonly BoundColumn[],
): AsyncGenerator<string> {
  const name = relationName(relation);
  const [[count] = []] = (await session.query(`select count(*) from ${name}`)).rows;
  const packs = Math.max(1, Math.ceil(Number(count ?? 0) / rowsPerPack));
  const charactersPerPack = rowsPerPack * charactersPerValue * Math.max(1, columns.length);
  const step = Math.max(1, Math.min(mostPacks, Math.floor(charactersPerAnswer / charactersPerPack)));
  const spare = columns.length === 1 ? [literal(packedNull)] : [];
  const row = `concat_ws('\\t', ${[...columns.map(packed), ...spare].join(', ')})`;
  // A hash of the values themselves: text is made of the rows of one answer only, not of all rows for each.
  const hashed = columns.filter(({ type }) => !nested.test(type)).map((column) => identifier(column.name));
  const pack = `pmod(xxhash64(${hashed.length > 0 ? hashed.join(', ') : row}), ${packs})`;
  for (let from = 0; from < packs; from += step) {
    const sql = [
      `select concat_ws('\\n', collect_list(${row})) as lines`,
      `from ${name}`,
      `where ${pack} >= ${from} and ${pack} < ${from + step}`,
      `group by ${pack}`,
    ].join('\n');
    for (const [lines] of (await session.query(sql)).rows) if (lines !== null) yield `${String(lines)}\n`;
  }
}

/** Types without a hash in Spark, or with parts that have none. */
const nested = /^(ARRAY|MAP|STRUCT)\b|\[\]$/i;

function packed({ name, type }: BoundColumn): string {
  const text = `cast(${identifier(name)} as string)`;
  return `coalesce(${isText(type) ? packExpression(text, literal) : text}, ${literal(packedNull)})`;
}
