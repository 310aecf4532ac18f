import type { Command } from '../command.ts';
import { type ExitCode, exitMeanings } from '../exit-codes.ts';
import { type Flag, type FlagTable, flagName } from './flag.ts';
import { globalFlags } from './shared-flags.ts';

const groups: readonly (readonly [Command['group'], string])[] = [
  ['project', 'Start'],
  ['build', 'Check and build'],
  ['inspect', 'Look'],
  ['model', 'After gold'],
  ['tools', 'Tools'],
];

/** What `churn --help` prints. */
export function overviewHelp(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const sections = groups.map(([group, title]) => {
    const lines = commands
      .filter((command) => command.group === group)
      .map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
    return [`${title}:`, ...lines].join('\n');
  });
  return `${[
    'Usage: churn <command> [flags]',
    'Features whose future cannot leak into their past: from raw files to an explained prediction.',
    ...sections,
    `Everywhere:\n${flagLines({ ...globalFlags, version: versionFlag })}`,
    `Exit codes:\n${exitLines([0, 1, 2, 3, 4, 130])}`,
    'Type `churn <command> --help` for its flags and examples.',
  ].join('\n\n')}\n`;
}

const versionFlag: Flag = { kind: 'boolean', short: 'V', summary: 'Print the version' };

/** What `churn <command> --help` prints. */
export function commandHelp(command: Command): string {
  const words = (command.positionals ?? []).map(({ name, required }) =>
    required ? `<${name}>` : `[${name}]`,
  );
  const positionals = command.positionals ?? [];
  const width = Math.max(0, ...positionals.map(({ name }) => name.length));
  const parts = [
    `Usage: ${['churn', command.name, ...words, '[flags]'].join(' ')}`,
    command.details === undefined ? `${command.summary}.` : `${command.summary}.\n${command.details}`,
  ];
  if (positionals.length > 0)
    parts.push(
      `Arguments:\n${positionals.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}`,
    );
  if (Object.keys(command.flags).length > 0) parts.push(`Flags:\n${flagLines(command.flags)}`);
  parts.push(`Everywhere:\n${flagLines(globalFlags)}`);
  parts.push(`Examples:\n${command.examples.map(({ line, says }) => `  ${line}\n      ${says}`).join('\n')}`);
  parts.push(`Exit codes:\n${exitLines(exitsOf(command))}`);
  return `${parts.join('\n\n')}\n`;
}

/** A command's exit codes, those that all commands share included. */
export function exitsOf(command: Command): readonly ExitCode[] {
  return [...new Set<ExitCode>([0, ...command.exits, 2, 130])].sort((a, b) => a - b);
}

/** `-s, --select SELECTION`, as help and documentation spell a flag. */
export function flagUsage(key: string, flag: Flag): string {
  const value =
    flag.kind === 'boolean'
      ? ''
      : flag.kind === 'choice'
        ? ` ${flag.choices.join('|')}`
        : ` ${flag.placeholder}`;
  return `${flag.short ? `-${flag.short}, ` : ''}--${flagName(key)}${value}`;
}

function flagLines(flags: FlagTable): string {
  const rows = Object.entries(flags).map(([key, flag]) => {
    const usage = flagUsage(key, flag);
    return [flag.short ? usage : `    ${usage}`, flag.summary] as const;
  });
  const width = Math.min(34, Math.max(...rows.map(([usage]) => usage.length)));
  return rows
    .map(([usage, summary]) =>
      usage.length > width
        ? `  ${usage}\n  ${' '.repeat(width)}  ${summary}`
        : `  ${usage.padEnd(width)}  ${summary}`,
    )
    .join('\n');
}

function exitLines(codes: readonly ExitCode[]): string {
  return codes.map((code) => `  ${String(code).padEnd(5)}${exitMeanings[code]}`).join('\n');
}
