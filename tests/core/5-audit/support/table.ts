import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestModel } from './project.ts';

/** One case of the public table in tests/golden/audit. */
export interface TableCase {
  readonly file: string;
  readonly name: string;
  /** Columns that must be REFUTED; none for a clean case, of which every column must be PROVED. */
  readonly leaks: readonly string[];
  /** Columns that are expected to stay UNPROVEN, by name. */
  readonly open: readonly string[];
  /** Columns of a clean case that are not looked at. */
  readonly except: readonly string[];
  readonly clean: boolean;
  readonly models: Readonly<Record<string, TestModel>>;
}

const golden = join(import.meta.dirname ?? '', '../../../golden/audit');
const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };

/** `-- case: name | leak: a, b` or `| clean`, then upstream models after `-- model: name`, then `-- gold`. */
export function readTable(folder = golden): TableCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .flatMap((file) =>
      readFileSync(join(folder, file), 'utf8')
        .split(/^-- case: /m)
        .slice(1)
        .map((text) => readCase(file, text)),
    );
}

function readCase(file: string, text: string): TableCase {
  const [head = '', ...lines] = text.trim().split('\n');
  const [name = '', ...notes] = head.split('|').map((part) => part.trim());
  const list = (key: string): string[] => {
    const found = notes.find((note) => note.startsWith(`${key}:`));
    return found === undefined
      ? []
      : found
          .slice(key.length + 1)
          .split(',')
          .map((item) => item.trim());
  };
  const [label, ...horizon] = list('label').join(' ').split(' ');
  const body = lines.join('\n');
  const [upstream, gold] = body.includes('-- gold') ? body.split('-- gold\n') : ['', body];
  const models: Record<string, TestModel> = {};
  for (const part of (upstream ?? '').split('-- model: ').slice(1)) {
    const at = part.indexOf('\n');
    models[part.slice(0, at).trim()] = { sql: part.slice(at + 1).trim() };
  }
  const labels = label ? { [label]: horizon.join(' ') } : undefined;
  models.gold = { sql: (gold ?? '').trim(), pointInTime, ...(labels && { labels }) };
  return {
    file,
    name,
    leaks: list('leak'),
    open: list('open'),
    except: list('except'),
    clean: notes.includes('clean'),
    models,
  };
}
