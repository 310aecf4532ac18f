const synonyms: Readonly<Record<string, string>> = {
  weekday: 'dow',
  dayofweek: 'dow',
  dayofmonth: 'day',
  dayofyear: 'doy',
  weekofyear: 'week',
};

/** A date unit in singular and under its first name: `years` is `year`, `dayofmonth` is `day`. */
export function unitName(unit: unknown): string {
  const name = String(unit).toLowerCase().replace(/s$/, '');
  return synonyms[name] ?? name;
}
