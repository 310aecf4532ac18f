/** Something a Fabric Warehouse rejects although parsers of T-SQL read it. */
export interface Reject {
  readonly what: string;
  /** Looked for in a batch without its comments, texts and quoted names. */
  readonly pattern: RegExp;
  /** Only inside a transaction that the batch begins. */
  readonly inTransaction?: boolean;
  /** Microsoft's page that says so; `learn.microsoft.com/` is left out. */
  readonly source: string;
}

const types = 'fabric/data-warehouse/data-types';
const surface = 'fabric/data-warehouse/tsql-surface-area';
const transactions = 'fabric/data-warehouse/transactions';
const nested = 'sql/t-sql/queries/nested-common-table-expression';

export const rejects: readonly Reject[] = [
  {
    what: 'nchar, nvarchar or ntext',
    pattern: /\bas n(var)?char\b|\bn(var)?char\s*\(\d|\bntext\b/,
    source: types,
  },
  {
    what: 'datetime2 or time of more than 6 digits, or none given',
    pattern: /\b(datetime2|time)\b(?!\s*\([0-6]\))/,
    source: types,
  },
  {
    what: 'datetimeoffset, datetime or smalldatetime',
    pattern: /\b(datetimeoffset|(small)?datetime)\b(?!2)/,
    source: types,
  },
  { what: 'money', pattern: /\b(small)?money\b/, source: types },
  { what: 'tinyint', pattern: /\btinyint\b/, source: types },
  {
    what: 'text, image, xml, json or a CLR type',
    pattern: /\bas (text|image|xml|json|geography|geometry|sql_variant|hierarchyid)\b/,
    source: types,
  },
  {
    what: 'varchar or varbinary without a length (30 in a cast, 1 in a column)',
    pattern: /\bvar(char|binary)\b(?!\s*\()/,
    source: 'sql/t-sql/data-types/char-and-varchar-transact-sql',
  },
  { what: 'a recursive CTE', pattern: /\bwith recursive\b/, source: surface },
  { what: 'a CTE inside a subquery', pattern: /\(\s*with\b(?!\s*\()/, source: nested },
  { what: 'FOR XML', pattern: /\bfor xml\b/, source: surface },
  { what: 'a hint', pattern: /\boption\s*\(|\bwith\s*\(\s*(nolock|tablock|index)\b/, source: surface },
  { what: 'a temporary table', pattern: /(^|[\s.])##?\w/, source: surface },
  {
    what: 'an index',
    pattern: /\bcreate\s+(unique\s+|clustered\s+|nonclustered\s+)*index\b/,
    source: 'fabric/data-warehouse/tables',
  },
  {
    what: 'an enforced key',
    pattern: /\b(primary key|foreign key|unique)\b(?![^,)]*not enforced)/,
    source: 'fabric/data-warehouse/table-constraints',
  },
  {
    what: 'a column default or an identity',
    pattern: /\bidentity\s*\(|\bdefault\s+[^v]/,
    source: 'fabric/data-warehouse/tables',
  },
  { what: 'SET TRANSACTION ISOLATION LEVEL', pattern: /\bset transaction\b/, source: surface },
  { what: 'SET ROWCOUNT', pattern: /\bset rowcount\b/, source: surface },
  {
    what: 'a trigger, user or materialised view',
    pattern: /\bcreate\s+(trigger|user|materialized)\b/,
    source: surface,
  },
  {
    what: 'a savepoint or a named transaction',
    pattern:
      /\bsave tran|\bbegin tran(saction)?\s+[a-z_]*[a-z](?<!commit|drop|insert|delete|merge|update|exec)\s*;/,
    source: transactions,
  },
  {
    what: 'ALTER TABLE within a transaction',
    pattern: /\balter table\b/,
    inTransaction: true,
    source: transactions,
  },
  {
    what: 'a query inside an aggregate (error 130)',
    pattern:
      /\b(sum|count_big|avg|min|max|stdevp?|varp?|string_agg)\s*\((?:[^()]|\((?!\s*select\b)[^()]*\))*\(\s*select\b/,
    source: 'sql/relational-databases/errors-events/database-engine-events-and-errors-0-to-999',
  },
  {
    what: 'IGNORE NULLS',
    pattern: /\b(ignore|respect) nulls\b/,
    source: 'sql/t-sql/functions/first-value-transact-sql',
  },
  {
    what: 'IS DISTINCT FROM',
    pattern: /\bis (not )?distinct from\b/,
    source: 'sql/t-sql/queries/is-distinct-from-transact-sql',
  },
  {
    what: 'a regular expression',
    pattern: /\bregexp_\w+\s*\(/,
    source: 'sql/t-sql/functions/regexp-like-transact-sql',
  },
  {
    what: 'EXCEPT ALL or INTERSECT ALL',
    pattern: /\b(except|intersect)\s+all\b/,
    source: 'sql/t-sql/language-elements/set-operators-except-and-intersect-transact-sql',
  },
  {
    what: 'a count without an argument',
    pattern: /\bcount(_big)?\(\s*\)/,
    source: 'sql/t-sql/functions/count-big-transact-sql',
  },
  {
    what: 'a quantile that is no window',
    pattern: /\bpercentile_(cont|disc)\b(?![^;]*?\bwithin group\s*\([^;]*?\)\s*over\b)/,
    source: 'sql/t-sql/functions/percentile-cont-transact-sql',
  },
  {
    what: 'LIMIT, QUALIFY, FILTER, USING or LATERAL',
    pattern: /\blimit \d|\bqualify\b|\bfilter\s*\(|\busing\s*\(\[|\blateral\b/,
    source: 'sql/t-sql/queries/select-transact-sql',
  },
  {
    what: 'a cast with two colons or ||',
    pattern: /::|\|\|/,
    source: 'sql/t-sql/functions/cast-and-convert-transact-sql',
  },
  {
    what: 'clustering by more than four columns',
    pattern: /\bcluster by\s*\((?:[^,)]*,){4}/,
    source: 'fabric/data-warehouse/data-clustering',
  },
  {
    what: 'a view that is not alone in its batch',
    pattern: /\S[^;]*;\s*create or alter view\b|\bcreate or alter view\b[^;]*;\s*\S/,
    source: 'sql/t-sql/statements/create-view-transact-sql',
  },
];

/** What a warehouse has against a batch that parsers have let pass. */
export function rejected(batch: string): string[] {
  const bare = withoutTexts(batch).toLowerCase();
  const inside = /\bbegin transaction\b([\s\S]*?)\bcommit\b/.exec(bare)?.[1] ?? '';
  const found = rejects
    .filter(({ pattern, inTransaction }) => pattern.test(inTransaction ? inside : bare))
    .map(({ what, source }) => `${what} (${source})`);
  return [...found, ...sortedSubqueries(bare)];
}

/** Comments, texts and quoted names become blanks or a letter: words within them are not T-SQL. */
function withoutTexts(batch: string): string {
  return batch.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|\[(?:[^\]]|\]\])*\]/g, (found) =>
    found.startsWith('-') || found.startsWith('/') ? ' ' : found.startsWith("'") ? "''" : '[x]',
  );
}

/** ORDER BY in a derived table, CTE or view without TOP or OFFSET. */
function sortedSubqueries(bare: string): string[] {
  const stack: string[] = [];
  let text = '';
  const wrong: string[] = [];
  const judge = (part: string) => {
    const isQuery = /^\s*(select|with)\b/.test(part);
    if (isQuery && /\border by\b/.test(part) && !/\btop\s*\(|\boffset\b/.test(part))
      wrong.push(
        'ORDER BY in a subquery without TOP (sql/t-sql/queries/select-order-by-clause-transact-sql)',
      );
  };
  for (const letter of bare) {
    if (letter === '(') {
      stack.push(text);
      text = '';
    } else if (letter === ')') {
      judge(text);
      text = `${stack.pop() ?? ''}()`;
    } else text += letter;
  }
  return wrong;
}
