import type { BinaryOperator } from '../jinja/ast.ts';
import { integer, text } from '../jinja/filters/filter.ts';
import { numberOf } from '../jinja/values/compare.ts';
import { native } from '../jinja/values/native.ts';
import { Float, PyObject, type Value } from '../jinja/values/value.ts';
import { strftime } from './strftime.ts';

const day = 86_400_000;

/** `timedelta`: a length of time in milliseconds. */
export class TimeDelta extends PyObject {
  readonly typeName = 'timedelta';

  constructor(readonly milliseconds: number) {
    super();
  }

  override attributeNames(): readonly string[] {
    return ['days', 'seconds', 'total_seconds'];
  }

  override attribute(name: string): Value | undefined {
    const days = Math.floor(this.milliseconds / day);
    if (name === 'days') return days;
    if (name === 'seconds') return Math.floor((this.milliseconds - days * day) / 1000);
    if (name === 'total_seconds') return native(name, [], () => new Float(this.milliseconds / 1000));
    return undefined;
  }

  compareTo(other: PyObject): number | undefined {
    return other instanceof TimeDelta ? this.milliseconds - other.milliseconds : undefined;
  }

  override equals(other: Value): boolean {
    return other instanceof TimeDelta && other.milliseconds === this.milliseconds;
  }

  arithmetic(operator: BinaryOperator, right: Value): Value | undefined {
    if (right instanceof DateTime) return operator === '+' ? right.arithmetic('+', this) : undefined;
    if (right instanceof TimeDelta) {
      if (operator === '+') return new TimeDelta(this.milliseconds + right.milliseconds);
      if (operator === '-') return new TimeDelta(this.milliseconds - right.milliseconds);
    }
    const factor = numberOf(right);
    return operator === '*' && factor !== undefined ? new TimeDelta(this.milliseconds * factor) : undefined;
  }

  override toText(): string {
    const days = Math.floor(this.milliseconds / day);
    const rest = new Date(this.milliseconds - days * day)
      .toISOString()
      .slice(11, 19)
      .replace(/^0(\d:)/, '$1');
    return days === 0 ? rest : `${days} ${Math.abs(days) === 1 ? 'day' : 'days'}, ${rest}`;
  }
}

/** `datetime` and `date`: wall-clock time in milliseconds since 1970, without a zone unless `isUtc`. */
export class DateTime extends PyObject {
  get typeName(): string {
    return this.kind;
  }

  constructor(
    readonly time: number,
    readonly kind: 'date' | 'datetime',
    readonly isUtc = false,
  ) {
    super();
  }

  override attributeNames(): readonly string[] {
    return [
      'year',
      'month',
      'day',
      'hour',
      'minute',
      'second',
      'strftime',
      'isoformat',
      'date',
      'replace',
      'weekday',
    ];
  }

  override attribute(name: string): Value | undefined {
    const date = new Date(this.time);
    switch (name) {
      case 'year':
        return date.getUTCFullYear();
      case 'month':
        return date.getUTCMonth() + 1;
      case 'day':
        return date.getUTCDate();
      case 'hour':
        return date.getUTCHours();
      case 'minute':
        return date.getUTCMinutes();
      case 'second':
        return date.getUTCSeconds();
      case 'microsecond':
        return date.getUTCMilliseconds() * 1000;
      case 'strftime':
        return native(name, ['format'], ([format]) => strftime(date, text(format), this.isUtc));
      case 'isoformat':
        return native(name, ['sep?'], ([separator]) => this.#iso(text(separator, 'T')));
      case 'date':
        return native(name, [], () => new DateTime(Math.floor(this.time / day) * day, 'date'));
      case 'weekday':
        return native(name, [], () => (date.getUTCDay() + 6) % 7);
      case 'isoweekday':
        return native(name, [], () => date.getUTCDay() || 7);
      case 'timestamp':
        return native(name, [], () => new Float(this.time / 1000));
      case 'astimezone':
        return native(name, ['tz?'], () => this);
      case 'replace':
        return native(
          name,
          ['year?', 'month?', 'day?', 'hour?', 'minute?', 'second?', 'microsecond?', 'tzinfo?'],
          (args) => {
            const now = [
              date.getUTCFullYear(),
              date.getUTCMonth() + 1,
              date.getUTCDate(),
              date.getUTCHours(),
              date.getUTCMinutes(),
              date.getUTCSeconds(),
            ];
            const [y, mo, d, h, mi, s] = now.map((value, i) => integer(args[i], value)) as [
              number,
              number,
              number,
              number,
              number,
              number,
            ];
            const ms = Math.floor(integer(args[6], date.getUTCMilliseconds() * 1000) / 1000);
            return new DateTime(Date.UTC(y, mo - 1, d, h, mi, s, ms), this.kind, this.isUtc);
          },
        );
      default:
        return undefined;
    }
  }

  compareTo(other: PyObject): number | undefined {
    return other instanceof DateTime && other.kind === this.kind ? this.time - other.time : undefined;
  }

  override equals(other: Value): boolean {
    return other instanceof DateTime && other.kind === this.kind && other.time === this.time;
  }

  arithmetic(operator: BinaryOperator, right: Value): Value | undefined {
    if (right instanceof TimeDelta && (operator === '+' || operator === '-')) {
      const moved = this.time + (operator === '+' ? right.milliseconds : -right.milliseconds);
      return new DateTime(
        this.kind === 'date' ? Math.floor(moved / day) * day : moved,
        this.kind,
        this.isUtc,
      );
    }
    if (right instanceof DateTime && operator === '-' && right.kind === this.kind) {
      return new TimeDelta(this.time - right.time);
    }
    return undefined;
  }

  #iso(separator: string): string {
    const whole = new Date(this.time).toISOString();
    if (this.kind === 'date') return whole.slice(0, 10);
    const fraction = this.time % 1000 === 0 ? '' : `${whole.slice(19, 23)}000`;
    return `${whole.slice(0, 10)}${separator}${whole.slice(11, 19)}${fraction}${this.isUtc ? '+00:00' : ''}`;
  }

  override toText(): string {
    return this.#iso(' ');
  }
}
