import { parseArgs } from 'node:util';
import { type Diagnostic, nearest, reportCli } from '#core';
import type { Command } from '../command.ts';
import { type Flag, type FlagTable, flagName } from './flag.ts';
import { globalFlags } from './shared-flags.ts';

export interface Parsed {
  readonly values: Readonly<Record<string, unknown>>;
  readonly words: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

interface Known {
  readonly key: string;
  readonly flag: Flag;
}

/**
 * Reads a command's arguments by its flag table; every problem is reported, not only the first.
 *
 * @param argv what follows the command's name
 */
export function parseCommandLine(command: Command, argv: readonly string[]): Parsed {
  const flags: FlagTable = { ...command.flags, ...globalFlags };
  const known = longNames(flags);
  const { tokens } = parseArgs({
    args: repeatListFlags(argv, known, flags),
    options: parserOptions(flags),
    strict: false,
    allowPositionals: true,
    allowNegative: false,
    tokens: true,
  });
  const values: Record<string, unknown> = {};
  for (const [key, flag] of Object.entries(flags))
    values[key] = flag.kind === 'boolean' ? false : flag.kind === 'list' ? [] : undefined;

  const words: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const negative = token.name.startsWith('no-') ? known.get(token.name.slice(3)) : undefined;
    const found = known.get(token.name) ?? (negative?.flag.kind === 'boolean' ? negative : undefined);
    if (found === undefined) {
      const like = nearest(token.name, known.keys());
      diagnostics.push(
        reportCli('CH902', {
          flag: token.rawName,
          command: command.name,
          nearest: like === undefined ? undefined : `--${like}`,
        }),
      );
      continue;
    }
    if (found.flag.kind === 'boolean') {
      if (token.inlineValue)
        diagnostics.push(
          reportCli('CH904', { flag: token.rawName, value: token.value, expected: 'no value' }),
        );
      values[found.key] = known.has(token.name);
      continue;
    }
    const read = readValue(found.flag, token.rawName, token.value);
    if ('problem' in read) diagnostics.push(read.problem);
    else if (found.flag.kind === 'list')
      values[found.key] = [...(values[found.key] as string[]), read.value as string];
    else values[found.key] = read.value;
  }
  // An unknown flag's value looks like a word: one mistake, one message.
  if (values.help !== true && diagnostics.length === 0) diagnostics.push(...checkWords(command, words));
  return { values, words, diagnostics };
}

function longNames(flags: FlagTable): ReadonlyMap<string, Known> {
  const known = new Map<string, Known>();
  for (const [key, flag] of Object.entries(flags))
    for (const name of [flagName(key), ...(flag.aliases ?? [])]) known.set(name, { key, flag });
  return known;
}

function parserOptions(flags: FlagTable) {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string; multiple: true }> = {};
  for (const [key, flag] of Object.entries(flags)) {
    const type = flag.kind === 'boolean' ? 'boolean' : 'string';
    for (const alias of flag.aliases ?? []) options[alias] = { type, multiple: true };
    options[flagName(key)] = { type, multiple: true, ...(flag.short ? { short: flag.short } : {}) };
  }
  return options;
}

/** dbt lets `-s a b` name several: node's parser wants `-s a -s b`. */
function repeatListFlags(argv: readonly string[], known: ReadonlyMap<string, Known>, flags: FlagTable) {
  const lists = new Set<string>();
  for (const [name, { flag }] of known) if (flag.kind === 'list') lists.add(`--${name}`);
  for (const flag of Object.values(flags))
    if (flag.kind === 'list' && flag.short) lists.add(`-${flag.short}`);
  const out: string[] = [];
  let open: string | undefined;
  let filled = false;
  for (const [index, word] of argv.entries()) {
    if (word === '--') return [...out, ...argv.slice(index)];
    if (word.startsWith('-') && word !== '-') {
      open = lists.has(word) ? word : undefined;
      filled = false;
    } else if (open !== undefined) {
      if (filled) out.push(open);
      filled = true;
    }
    out.push(word);
  }
  return out;
}

function readValue(
  flag: Exclude<Flag, { kind: 'boolean' }>,
  rawName: string,
  value: string | undefined,
): { value: string | number } | { problem: Diagnostic } {
  if (value === undefined || value === '') {
    const placeholder = flag.kind === 'choice' ? flag.choices.join('|') : flag.placeholder;
    return { problem: reportCli('CH903', { flag: rawName, placeholder }) };
  }
  if (flag.kind === 'choice' && !flag.choices.includes(value)) {
    const expected = flag.choices.map((choice) => `\`${choice}\``).join(', ');
    return {
      problem: reportCli('CH904', {
        flag: rawName,
        value,
        expected,
        nearest: nearest(value, flag.choices),
      }),
    };
  }
  if (flag.kind !== 'number') return { value };
  const number = Number(value);
  const fits = Number.isFinite(number) && (!flag.integer || Number.isInteger(number));
  if (!fits || (flag.min !== undefined && number < flag.min)) {
    const least = flag.min === undefined ? '' : ` of at least ${flag.min}`;
    const expected = `${flag.integer ? 'a whole number' : 'a number'}${least}`;
    return { problem: reportCli('CH904', { flag: rawName, value, expected }) };
  }
  return { value: number };
}

function checkWords(command: Command, words: readonly string[]): Diagnostic[] {
  const positionals = command.positionals ?? [];
  const out: Diagnostic[] = [];
  for (const [index, positional] of positionals.entries()) {
    const word = words[index];
    if (word === undefined) {
      if (positional.required)
        out.push(reportCli('CH906', { argument: positional.name, command: command.name }));
    } else if (positional.choices && !positional.choices.includes(word)) {
      out.push(
        reportCli('CH904', {
          flag: positional.name,
          value: word,
          expected: positional.choices.map((choice) => `\`${choice}\``).join(', '),
          nearest: nearest(word, positional.choices),
        }),
      );
    }
  }
  for (const word of words.slice(positionals.length)) {
    const fix = 'select' in command.flags ? `Select nodes with \`-s ${word}\`.` : undefined;
    out.push(reportCli('CH905', { word, command: command.name, fix }));
  }
  return out;
}
