import type { Command } from '../command.ts';
import { type FlagTable, flagName } from './flag.ts';
import { globalFlags } from './shared-flags.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A completion script for a shell, made from the command table. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  switch (shell) {
    case 'bash':
      return bash(commands);
    case 'zsh':
      return zsh(commands);
    case 'fish':
      return fish(commands);
  }
}

function bash(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const flags = allFlags(command);
    const words = Object.entries(flags).flatMap(([key, flag]) => [
      `--${flagName(key)}`,
      ...(flag.short ? [`-${flag.short}`] : []),
    ]);
    const choices = choicesOf(flags).map(
      ([name, values]) => `        --${name}) COMPREPLY=($(compgen -W "${values}" -- "$current")); return ;;`,
    );
    const positional = (command.positionals ?? []).flatMap(({ choices: values }) => values ?? []);
    return [
      `    ${command.name})`,
      ...(choices.length > 0 ? ['      case "$previous" in', ...choices, '      esac'] : []),
      `      COMPREPLY=($(compgen -W "${[...words, ...positional].join(' ')}" -- "$current")) ;;`,
    ].join('\n');
  });
  return `# bash completion for churn; put it where your shell looks:
#   churn completion bash > ~/.local/share/bash-completion/completions/churn
_churn() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o default -F _churn churn
`;
}

function zsh(commands: readonly Command[]): string {
  const quote = (text: string) => text.replace(/'/g, `'\\''`).replace(/[[\]:]/g, '\\$&');
  const names = commands.map(({ name, summary }) => `    '${name}:${quote(summary)}'`);
  const cases = commands.map((command) => {
    const lines = Object.entries(allFlags(command)).map(([key, flag]) => {
      const value =
        flag.kind === 'boolean'
          ? ''
          : flag.kind === 'choice'
            ? `:${flagName(key)}:(${flag.choices.join(' ')})`
            : `:${quote(flag.placeholder)}:_files`;
      const forms = flag.short ? `{-${flag.short},--${flagName(key)}}` : `--${flagName(key)}`;
      return `      ${forms}'[${quote(flag.summary)}]${value}'`;
    });
    const positional = (command.positionals ?? []).map(({ name, choices }) =>
      choices ? `      '*:${name}:(${choices.join(' ')})'` : `      '*:${name}:_files'`,
    );
    return `    ${command.name}) _arguments -s \\\n${[...lines, ...positional].join(' \\\n')} ;;`;
  });
  return `#compdef churn
# zsh completion for churn; put it in a folder of your fpath:
#   churn completion zsh > ~/.zfunc/_churn
_churn() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local name="$words[2]"
  shift words; (( CURRENT-- ))
  case "$name" in
${cases.join('\n')}
  esac
}
_churn "$@"
`;
}

function fish(commands: readonly Command[]): string {
  const quote = (text: string) => `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
  const lines = commands.flatMap((command) => {
    const seen = `-n '__fish_seen_subcommand_from ${command.name}'`;
    const flags = Object.entries(allFlags(command)).map(([key, flag]) => {
      const value =
        flag.kind === 'boolean'
          ? ''
          : flag.kind === 'choice'
            ? ` -x -a ${quote(flag.choices.join(' '))}`
            : ' -r';
      const short = flag.short ? ` -s ${flag.short}` : '';
      return `complete -c churn ${seen}${short} -l ${flagName(key)}${value} -d ${quote(flag.summary)}`;
    });
    const words = (command.positionals ?? []).flatMap(({ choices }) =>
      choices ? [`complete -c churn ${seen} -f -a ${quote(choices.join(' '))}`] : [],
    );
    return [
      `complete -c churn -f -n __fish_use_subcommand -a ${command.name} -d ${quote(command.summary)}`,
      ...flags,
      ...words,
    ];
  });
  return `# fish completion for churn; put it where your shell looks:
#   churn completion fish > ~/.config/fish/completions/churn.fish
${lines.join('\n')}
`;
}

function allFlags(command: Command): FlagTable {
  return { ...command.flags, ...globalFlags };
}

function choicesOf(flags: FlagTable): (readonly [string, string])[] {
  return Object.entries(flags).flatMap(([key, flag]) =>
    flag.kind === 'choice' ? [[flagName(key), flag.choices.join(' ')] as const] : [],
  );
}
