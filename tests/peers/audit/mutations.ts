/** One way to change SQL, and where it applies. */
export interface Mutation {
  readonly kind: string;
  /** The SQL with the change at one place. */
  readonly sql: string;
  readonly place: number;
}

interface Operator {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly replacements: readonly string[];
}

/** What people get wrong: bounds, operators, filters, columns, joins, windows, aggregates, NULLs. */
const operators: readonly Operator[] = [
  { kind: 'operator flipped', pattern: /<=/g, replacements: ['<', '>=', '=', '<>'] },
  { kind: 'operator flipped', pattern: />=/g, replacements: ['>', '<='] },
  { kind: 'operator flipped', pattern: / < /g, replacements: [' <= ', ' > '] },
  { kind: 'operator flipped', pattern: / > /g, replacements: [' >= ', ' < '] },
  { kind: 'operator flipped', pattern: / = /g, replacements: [' <> ', ' <= '] },
  { kind: 'bound moved', pattern: /\b(\d{1,3})(?=\)? days?\b)/g, replacements: ['0', '1', '365', '(-1)'] },
  { kind: 'bound moved', pattern: /- interval/g, replacements: ['+ interval'] },
  { kind: 'bound moved', pattern: /\+ interval/g, replacements: ['- interval'] },
  {
    kind: 'bound moved',
    pattern: /\b\w+\.prediction_time\b/g,
    replacements: [
      "$& + interval '1 day'",
      "$& - interval '1 day'",
      "date_trunc('month', $&)",
      "$& + interval '1 month'",
    ],
  },
  {
    kind: 'column swapped',
    pattern: /\b(loaded_at|available_at|known_from)\b/g,
    replacements: ['event_ts', 'opened_at', 'activity_date', 'signed_up_at', 'completed_at', 'purchase_date'],
  },
  {
    kind: 'column swapped',
    pattern: /\b(event_ts|opened_at|activity_date|completed_at|purchase_date)\b/g,
    replacements: ['loaded_at', 'available_at', 'closed_at'],
  },
  {
    kind: 'column swapped',
    pattern: /\b(sentiment_known_at|closed_at|escalated_at)\b/g,
    replacements: ['opened_at', 'available_at', 'closed_at'],
  },
  { kind: 'join changed', pattern: /\bleft join\b/gi, replacements: ['join', 'full join'] },
  {
    kind: 'join changed',
    pattern: /(?<!left |anti |semi |full |cross |asof )\bjoin\b/gi,
    replacements: ['left join', 'full join'],
  },
  { kind: 'join changed', pattern: /\banti join\b/gi, replacements: ['semi join'] },
  { kind: 'join changed', pattern: /\bsemi join\b/gi, replacements: ['anti join'] },
  { kind: 'join changed', pattern: /\bon \w+\.(\w+) = \w+\.\1\b/gi, replacements: ['on true'] },
  { kind: 'filter dropped', pattern: /\band [a-z_."]+ (<=|<|>=|>|=) [a-z_."]+\b/gi, replacements: [''] },
  {
    kind: 'filter dropped',
    pattern: /\bwhere [a-z_."]+ (<=|<|>=|>|=|is not null)[^\n)]*/gi,
    replacements: [''],
  },
  { kind: 'filter dropped', pattern: /\bqualify [^\n]*/gi, replacements: [''] },
  { kind: 'logic changed', pattern: /\band\b(?! \w+ preceding)/gi, replacements: ['or'] },
  { kind: 'logic changed', pattern: /\bor\b/gi, replacements: ['and'] },
  { kind: 'logic changed', pattern: /\bis not null\b/gi, replacements: ['is null'] },
  { kind: 'logic changed', pattern: /\bis null\b/gi, replacements: ['is not null'] },
  {
    kind: 'window changed',
    pattern: /\border by ([a-z_."]+)(?= desc\b)?(?! desc\b)/gi,
    replacements: ['order by $1 desc'],
  },
  { kind: 'window changed', pattern: /\bdesc\b/gi, replacements: [''] },
  { kind: 'window changed', pattern: /\brow_number\(\)/gi, replacements: ['rank()', 'count(*)'] },
  { kind: 'window changed', pattern: /\bpartition by [a-z_.", ]+(?= order by)/gi, replacements: [''] },
  {
    kind: 'window changed',
    pattern: /\bpartition by ([a-z_."]+), [a-z_."]+/gi,
    replacements: ['partition by $1'],
  },
  { kind: 'window changed', pattern: /\b(preceding|current row)(?= *\))/gi, replacements: ['following'] },
  { kind: 'aggregate changed', pattern: /\bmin\(/gi, replacements: ['max('] },
  { kind: 'aggregate changed', pattern: /\bmax\(/gi, replacements: ['min('] },
  { kind: 'aggregate changed', pattern: /\bsum\((?!case)/gi, replacements: ['max(', 'count(distinct '] },
  { kind: 'aggregate changed', pattern: /\bcount\(\*\)/gi, replacements: ['count(distinct 1)', 'max(1)'] },
  { kind: 'null changed', pattern: /\bcoalesce\(([a-z_."]+), 0\)/gi, replacements: ['$1'] },
  { kind: 'null changed', pattern: /\bgreatest\(/gi, replacements: ['least('] },
  { kind: 'null changed', pattern: /\bend\b(?! as month)/gi, replacements: ['else now() is null end'] },
  { kind: 'null changed', pattern: /\belse [a-z0-9_.]+/gi, replacements: [''] },
];

/** Every single change of the SQL that the operators know, once each. Comments are left alone. */
export function mutationsOf(sql: string): Mutation[] {
  const found = new Map<string, Mutation>();
  const add = (mutation: Mutation): void => {
    if (mutation.sql !== sql && !found.has(mutation.sql)) found.set(mutation.sql, mutation);
  };
  for (const { kind, pattern, replacements } of operators) {
    for (const match of sql.matchAll(pattern)) {
      if (isComment(sql, match.index)) continue;
      for (const replacement of replacements) {
        const one = new RegExp(pattern.source, pattern.flags.replace('g', 'y'));
        one.lastIndex = match.index;
        add({
          kind,
          place: match.index,
          sql: sql.slice(0, match.index) + replaceAt(sql, one, match.index, replacement),
        });
      }
    }
  }
  for (const match of sql.matchAll(/\bfilter \(/gi)) {
    const end = closing(sql, match.index + match[0].length - 1);
    if (end === -1 || isComment(sql, match.index)) continue;
    add({ kind: 'filter dropped', place: match.index, sql: sql.slice(0, match.index) + sql.slice(end + 1) });
  }
  return [...found.values()];
}

function replaceAt(sql: string, pattern: RegExp, place: number, replacement: string): string {
  const length = pattern.exec(sql)?.[0].length ?? 0;
  pattern.lastIndex = place;
  return sql.replace(pattern, replacement).slice(place) || sql.slice(place + length);
}

function isComment(sql: string, place: number): boolean {
  const line = sql.slice(sql.lastIndexOf('\n', place) + 1, place);
  return line.includes('--');
}

/** The bracket that closes the one at `open`. */
function closing(sql: string, open: number): number {
  let depth = 0;
  for (let place = open; place < sql.length; place++) {
    if (sql[place] === '(') depth += 1;
    else if (sql[place] === ')') {
      depth -= 1;
      if (depth === 0) return place;
    }
  }
  return -1;
}
