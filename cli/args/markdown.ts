import type { Command } from '../command.ts';
import { exitMeanings } from '../exit-codes.ts';
import type { FlagTable } from './flag.ts';
import { exitsOf, flagUsage } from './help.ts';
import { globalFlags } from './shared-flags.ts';

/** A command's page of docs/commands, made from its table; a test holds the pages to it. */
export function commandPage(command: Command): string {
  const words = (command.positionals ?? []).map(({ name, required }) =>
    required ? `<${name}>` : `[${name}]`,
  );
  const parts = [
    `# churn ${command.name}`,
    `${command.summary}.${command.details === undefined ? '' : ` ${command.details.replace(/\n/g, ' ')}`}`,
    `    ${['churn', command.name, ...words, '[flags]'].join(' ')}`,
  ];
  const positionals = command.positionals ?? [];
  if (positionals.length > 0)
    parts.push(
      `## Arguments\n\n| argument | meaning |\n|---|---|\n${positionals.map(({ name, summary }) => `| \`${name}\` | ${cell(summary)} |`).join('\n')}`,
    );
  if (Object.keys(command.flags).length > 0) parts.push(`## Flags\n\n${flagTable(command.flags)}`);
  parts.push(`## Everywhere\n\n${flagTable(globalFlags)}`);
  parts.push(
    `## Examples\n\n${command.examples.map(({ line, says }) => `${says}:\n\n    ${line}`).join('\n\n')}`,
  );
  parts.push(
    `## Exit codes\n\n| code | meaning |\n|---|---|\n${exitsOf(command)
      .map((code) => `| ${code} | ${exitMeanings[code]} |`)
      .join('\n')}`,
  );
  return `${parts.join('\n\n')}\n`;
}

/** docs/commands/README.md: every command with a link. */
export function commandIndex(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => `| [\`${name}\`](${name}.md) | ${cell(summary)} |`);
  return `# Commands\n\n| command | does |\n|---|---|\n${rows.join('\n')}\n`;
}

function flagTable(flags: FlagTable): string {
  const rows = Object.entries(flags).map(
    ([key, flag]) => `| \`${cell(flagUsage(key, flag))}\` | ${cell(flag.summary)} |`,
  );
  return `| flag | meaning |\n|---|---|\n${rows.join('\n')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
