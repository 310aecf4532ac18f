import type { Relation } from '../../../2-render/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import type { Session } from '../adapter.ts';
import { identifier, relationName } from './quote.ts';

/** Livy cuts a result off at a thousand rows; rows travel packed, many to a row of the result. */
const rowsPerPack = 400;
const packsPerStatement = 200;

/**
 * Reads a whole relation through a session, as lines of JSON objects `{"c0": text, ...}`: every value as Spark's text of
 * it, NULL left out. Works over Livy alone, without a file system that both sides see.
 */
export async function* readSparkRows(
  session: Session,
  relation: Relation,
  columns: readonly BoundColumn[],
): AsyncGenerator<string> {
  const name = relationName(relation);
  const [[count] = []] = (await session.query(`select count(*) from ${name}`)).rows;
  const packs = Math.max(1, Math.ceil(Number(count ?? 0) / rowsPerPack));
  const fields = columns.map(
    ({ name: column }, index) => `cast(${identifier(column)} as string) as c${index}`,
  );
  const row = `to_json(struct(${fields.join(', ')}))`;
  for (let from = 0; from < packs; from += packsPerStatement) {
    const pack = `pmod(xxhash64(line), ${packs})`;
    const sql = [
      "select concat_ws('\\n', collect_list(line)) as lines",
      `from (select ${row} as line from ${name}) as rows`,
      `where ${pack} >= ${from} and ${pack} < ${from + packsPerStatement}`,
      `group by ${pack}`,
    ].join('\n');
    for (const [lines] of (await session.query(sql)).rows) if (lines) yield `${String(lines)}\n`;
  }
}
