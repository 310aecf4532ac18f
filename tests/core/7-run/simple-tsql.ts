import { quoted } from '../../peers/fabric/warehouse.ts';

/**
 * The T-SQL of the tiny project in DuckDB's words, by replacing names: enough to see what a build leaves behind. What
 * T-SQL means is not judged by it; tests/peers/fabric.sh has another reader.
 */
export async function simpleTsql(sql: string): Promise<string> {
  return withoutConvert(quoted(sql))
    .replaceAll('count_big(', 'count(')
    .replaceAll("hashbytes('MD5', ", 'md5(')
    .replaceAll(/ as bit\)/g, ' as boolean)')
    .replaceAll(/"dbt_valid_to" datetime2\(6\)|datetime2\(6\)/g, (found) =>
      found.replace('datetime2(6)', 'timestamp'),
    )
    .replaceAll(/varchar\(8000\)/g, 'varchar')
    .replaceAll(/ bit(?=[,) ])/g, ' boolean')
    .replaceAll(/ float(?=[,) ])/g, ' double');
}

/** `convert(type, value, style)` to `cast(value as varchar)`. */
function withoutConvert(sql: string): string {
  const at = sql.lastIndexOf('convert(');
  if (at < 0) return sql;
  let depth = 0;
  const commas: number[] = [];
  for (let index = at + 'convert'.length; index < sql.length; index++) {
    if (sql[index] === '(') depth++;
    else if (sql[index] === ',' && depth === 1) commas.push(index);
    else if (sql[index] === ')' && --depth === 0) {
      const value = sql.slice((commas[0] ?? at) + 1, commas.at(-1)).trim();
      return withoutConvert(`${sql.slice(0, at)}cast(${value} as varchar)${sql.slice(index + 1)}`);
    }
  }
  return sql;
}
