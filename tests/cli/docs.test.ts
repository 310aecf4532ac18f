import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commandIndex, commandPage } from '../../cli/args/markdown.ts';
import { allCommands } from '../../cli/commands/index.ts';
import { helpTexts } from '../../cli/help-texts.ts';

/** `UPDATE_DOCS=1 npx vitest run tests/cli/docs.test.ts` writes the pages and goldens anew. */
const update = process.env.UPDATE_DOCS === '1';
const root = join(import.meta.dirname, '../..');
const commands = await allCommands();

function hold(path: string, text: string): void {
  const file = join(root, path);
  if (update) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
  }
  expect(readFileSync(file, 'utf8')).toBe(text);
}

describe('the pages of docs/commands', () => {
  test.each(commands.map((command) => [command.name, command] as const))(
    '%s.md says what the table says',
    (name, command) => {
      hold(`docs/commands/${name}.md`, commandPage(command));
    },
  );

  test('the index lists every command', () => {
    hold('docs/commands/README.md', commandIndex(commands));
  });

  test('no page without a command', () => {
    const names = readdirSync(join(root, 'docs/commands')).map((file) => file.replace(/\.md$/, ''));
    expect(
      names.filter((name) => name !== 'README' && !commands.some((command) => command.name === name)),
    ).toEqual([]);
  });
});

describe('the help', () => {
  test('of the whole and of two commands looks as the goldens', async () => {
    const texts = await helpTexts();
    hold('tests/golden/cli/help.txt', texts[''] as string);
    hold('tests/golden/cli/help-build.txt', texts.build as string);
    hold('tests/golden/cli/help-completion.txt', texts.completion as string);
  });
});

describe('the command table', () => {
  test.each(commands.map((command) => [command.name, command] as const))(
    '%s is complete and free of clashes',
    (name, command) => {
      expect(command.examples.length).toBeGreaterThan(0);
      expect(command.summary).not.toMatch(/\.$/);
      for (const { line } of command.examples) expect(line).toMatch(new RegExp(`^churn ${name}\\b`));
      const shorts = Object.values(command.flags).flatMap(({ short }) => short ?? []);
      expect(new Set([...shorts, 'q', 'h']).size).toBe(shorts.length + 2);
    },
  );
});
