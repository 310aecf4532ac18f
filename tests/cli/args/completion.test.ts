import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { completionScript } from '../../../cli/args/completion.ts';
import { allCommands } from '../../../cli/commands/index.ts';

const commands = await allCommands();

/** What bash offers after the words, asked of a real bash. */
function bashOffers(words: readonly string[]): readonly string[] {
  const script = `${completionScript('bash', commands)}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _churn; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, status, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.split('\n').filter((line) => line !== '');
}

describe('completion in bash', () => {
  test('offers commands', () => {
    expect(bashOffers(['churn', 'b'])).toEqual(['build']);
    expect(bashOffers(['churn', ''])).toEqual(expect.arrayContaining(commands.map(({ name }) => name)));
  });

  test('offers the flags of a command', () => {
    expect(bashOffers(['churn', 'build', '--fu'])).toEqual(['--full-refresh']);
    expect(bashOffers(['churn', 'train', '--fu'])).toEqual([]);
  });

  test('offers the choices of a flag and of an argument', () => {
    expect(bashOffers(['churn', 'build', '--format', 's'])).toEqual(['sarif']);
    expect(bashOffers(['churn', 'completion', 'f'])).toEqual(['fish']);
  });
});

describe('completion in zsh and fish', () => {
  test.each(['zsh', 'fish'] as const)('%s knows every command and flag', (shell) => {
    const script = completionScript(shell, commands);
    for (const { name } of commands) expect(script).toContain(name);
    expect(script).toContain('full-refresh');
    const checked = spawnSync(shell, ['-n', '/dev/stdin'], { input: script, encoding: 'utf8' });
    if (checked.error === undefined) expect(checked.status, checked.stderr).toBe(0);
  });
});
