const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const two = (value: number) => String(value).padStart(2, '0');

/** Python's `strftime` in the C locale. */
export function strftime(date: Date, format: string, isUtc: boolean): string {
  return format.replace(/%([a-zA-Z%])/g, (all, directive: string) => {
    switch (directive) {
      case 'Y':
        return String(date.getUTCFullYear()).padStart(4, '0');
      case 'y':
        return two(date.getUTCFullYear() % 100);
      case 'm':
        return two(date.getUTCMonth() + 1);
      case 'd':
        return two(date.getUTCDate());
      case 'H':
        return two(date.getUTCHours());
      case 'I':
        return two(date.getUTCHours() % 12 || 12);
      case 'M':
        return two(date.getUTCMinutes());
      case 'S':
        return two(date.getUTCSeconds());
      case 'f':
        return String(date.getUTCMilliseconds() * 1000).padStart(6, '0');
      case 'p':
        return date.getUTCHours() < 12 ? 'AM' : 'PM';
      case 'B':
        return months[date.getUTCMonth()] as string;
      case 'b':
        return (months[date.getUTCMonth()] as string).slice(0, 3);
      case 'A':
        return weekdays[date.getUTCDay()] as string;
      case 'a':
        return (weekdays[date.getUTCDay()] as string).slice(0, 3);
      case 'w':
        return String(date.getUTCDay());
      case 'j':
        return String(
          Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / 86_400_000) + 1,
        ).padStart(3, '0');
      case 'F':
        return date.toISOString().slice(0, 10);
      case 'T':
        return date.toISOString().slice(11, 19);
      case 'z':
        return isUtc ? '+0000' : '';
      case 'Z':
        return isUtc ? 'UTC' : '';
      case '%':
        return '%';
      default:
        return all;
    }
  });
}

const fields: Readonly<Record<string, string>> = {
  Y: '(?<Y>\\d{4})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  f: '(?<f>\\d{1,6})',
};

/** Python's `strptime` for numeric directives; undefined when the text does not match. */
export function parseTime(value: string, format: string): number | undefined {
  const expanded = format.replaceAll('%F', '%Y-%m-%d').replaceAll('%T', '%H:%M:%S');
  const escaped = expanded.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = escaped.replace(/%([a-zA-Z])/g, (all, directive: string) => fields[directive] ?? all);
  const groups = new RegExp(`^${pattern}$`).exec(value)?.groups;
  if (!groups) return undefined;
  const at = (key: string, fallback: number) => (groups[key] === undefined ? fallback : Number(groups[key]));
  const milliseconds = Number((groups.f ?? '').padEnd(6, '0').slice(0, 3) || 0);
  const [year, month, day] = [at('Y', 1900), at('m', 1), at('d', 1)];
  const time = Date.UTC(year, month - 1, day, at('H', 0), at('M', 0), at('S', 0), milliseconds);
  return new Date(time).getUTCDate() === day ? time : undefined;
}
