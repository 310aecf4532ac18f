import { completionScript, type Shell, shells } from '../args/completion.ts';
import { command } from '../command.ts';
import { allCommands } from './index.ts';

export const completion = command({
  name: 'completion',
  group: 'tools',
  summary: 'Print the completion script for a shell',
  positionals: [{ name: 'shell', summary: 'bash, zsh or fish', required: true, choices: shells }],
  flags: {},
  examples: [
    {
      line: 'churn completion bash > ~/.local/share/bash-completion/completions/churn',
      says: 'Complete commands, flags and their choices in bash',
    },
    { line: 'churn completion zsh > ~/.zfunc/_churn', says: 'The same for zsh, in a folder of fpath' },
    { line: 'churn completion fish > ~/.config/fish/completions/churn.fish', says: 'The same for fish' },
  ],
  exits: [],
  run: async ({ words, emit }) => {
    const shell = words[0] as Shell;
    const script = completionScript(shell, await allCommands());
    emit({ type: 'data', text: script, records: [{ type: 'completion', shell, script }] });
    return 0;
  },
});
