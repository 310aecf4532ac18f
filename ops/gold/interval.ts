const day = 86_400_000;
const units: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day,
  week: 7 * day,
  month: 31 * day,
  year: 366 * day,
};

/**
 * The longest time an interval such as `90 days` or `1 month` can last, in milliseconds; undefined when it is none.
 * Months count 31 days: purging must never be too short.
 */
export function longestInterval(text: string): number | undefined {
  let total = 0;
  for (const part of text
    .trim()
    .toLowerCase()
    .split(/\s*(?:,|\band\b)\s*|(?<=[a-z])\s+(?=\d)/)) {
    const found = /^(\d+(?:\.\d+)?)\s*([a-z]+?)s?$/.exec(part);
    const unit = found ? units[found[2] as string] : undefined;
    if (found === null || unit === undefined) return undefined;
    total += Number(found[1]) * unit;
  }
  return total;
}
