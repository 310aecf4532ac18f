import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What a warehouse has and this grammar, of SQL Server, has not: the rest of the batch is read. */
const unknownToIt: readonly (readonly [RegExp, string])[] = [
  [/^create table \S+ as clone of .*$/gm, ''],
  [/^create table \S+(?: with \(cluster by [^\n]*\))? as$/gm, ''],
  [/^create or alter view/gm, 'create view'],
  // GROUPING SETS of a later SQL Server than the grammar's.
  [/group by grouping sets \((?:[^()]|\([^()]*\))*\)/g, ''],
];

interface Parser {
  removeErrorListeners(): void;
  addErrorListener(listener: { syntaxError: (...args: readonly unknown[]) => void }): void;
  tsql_file(): unknown;
}

/**
 * The T-SQL grammar of the ANTLR project, as `antlr4ts-sql` builds it: what it has against a batch. Its words are in
 * upper case, so that the batch is put in upper case too: syntax does not depend on it.
 */
export function antlrRefusals(batch: string): string[] {
  const sql = unknownToIt.reduce((text, [pattern, known]) => text.replace(pattern, known), batch);
  const errors: string[] = [];
  const parser = antlr().getParserFromSQL(sql.toUpperCase());
  parser.removeErrorListeners();
  parser.addErrorListener({
    syntaxError: (_recogniser, _symbol, line, column, message) =>
      errors.push(`antlr: ${String(line)}:${String(column)} ${String(message)}`),
  });
  parser.tsql_file();
  return errors;
}

let made: { getParserFromSQL: (sql: string) => Parser } | undefined;

/** Installed by tests/peers/dialects.sh, not by `npm ci`. */
function antlr() {
  if (made !== undefined) return made;
  const folder = process.env.CHURN_PEER_NODE ?? 'target/peers/dialects/node';
  const load = createRequire(join(process.cwd(), folder, 'package.json'));
  const { antlr4tsSQL, SQLDialect } = load('antlr4ts-sql');
  made = new antlr4tsSQL(SQLDialect.TSQL) as NonNullable<typeof made>;
  return made;
}
