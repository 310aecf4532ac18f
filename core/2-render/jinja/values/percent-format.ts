import { raise } from '../error.ts';
import { numberOf } from './compare.ts';
import { formatSpec } from './format-spec.ts';
import { repr, toText } from './show.ts';
import { Dict, Tuple, type Value } from './value.ts';

const directive = /%(?:\((\w+)\))?([-+ 0#]*)(\d+)?(?:\.(\d+))?([sdifFeEgGxXor%])/g;

/** Python's `'%s of %d' % (a, b)`, also the `format` filter. */
export function percentFormat(template: string, values: Value): string {
  const positional = values instanceof Tuple ? [...values] : [values];
  let next = 0;
  const out = template.replace(directive, (all, key, flags: string, width, precision, type: string) => {
    if (type === '%') return '%';
    let value: Value | undefined;
    if (key === undefined) value = positional[next++];
    else value = values instanceof Dict ? values.get(key as string) : undefined;
    if (value === undefined)
      return raise('CH204', { problem: `the format string has no value for \`${all}\`` });
    const align = flags.includes('-') ? '<' : flags.includes('0') ? '' : '>';
    const sign = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
    const zero = flags.includes('0') && !flags.includes('-') ? '0' : '';
    if (type === 's' || type === 'r') {
      const text = type === 's' ? toText(value) : repr(value);
      return formatSpec(
        precision === undefined ? text : text.slice(0, Number(precision)),
        `${align || '>'}${width ?? ''}`,
      );
    }
    if (numberOf(value) === undefined) return raise('CH204', { problem: `\`${all}\` needs a number` });
    const conversion = type === 'i' ? 'd' : type;
    const number = conversion === 'd' ? Math.trunc(numberOf(value) as number) : value;
    const digits = precision === undefined ? '' : `.${precision}`;
    return formatSpec(
      number,
      `${align}${sign}${zero}${width ?? ''}${conversion === 'd' ? '' : digits}${conversion}`,
    );
  });
  if (values instanceof Tuple && next < positional.length) {
    return raise('CH204', { problem: 'the format string takes fewer values than it is given' });
  }
  return out;
}
