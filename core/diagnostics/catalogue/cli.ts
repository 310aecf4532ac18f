import { didYouMean, entry, reporter } from '../message.ts';

/** Messages of the cli phase: the command line itself, and what stands after gold. */
export const cliMessages = {
  CH901: entry('error', 'unknown command', (of: { name: string; nearest?: string }) => ({
    message: `there is no command \`${of.name}\``,
    fix: didYouMean(of.nearest) ?? 'Type `churn --help` for the list of commands.',
  })),
  CH902: entry('error', 'unknown flag', (of: { flag: string; command: string; nearest?: string }) => ({
    message: `\`churn ${of.command}\` has no flag \`${of.flag}\``,
    fix: didYouMean(of.nearest) ?? `Type \`churn ${of.command} --help\` for its flags.`,
  })),
  CH903: entry('error', 'flag without its value', (of: { flag: string; placeholder: string }) => ({
    message: `\`${of.flag}\` needs a value`,
    fix: `Write \`${of.flag} ${of.placeholder}\`.`,
  })),
  CH904: entry(
    'error',
    'flag with a value it cannot take',
    (of: { flag: string; value: string; expected: string; nearest?: string }) => ({
      message: `\`${of.flag}\` cannot be \`${of.value}\`: it takes ${of.expected}`,
      fix: didYouMean(of.nearest),
    }),
  ),
  CH905: entry('error', 'unexpected argument', (of: { word: string; command: string; fix?: string }) => ({
    message: `\`churn ${of.command}\` does not take the argument \`${of.word}\``,
    fix: of.fix ?? `Type \`churn ${of.command} --help\` for what it takes.`,
  })),
  CH906: entry('error', 'missing argument', (of: { argument: string; command: string; fix?: string }) => ({
    message: `\`churn ${of.command}\` needs ${of.argument}`,
    fix: of.fix ?? `Type \`churn ${of.command} --help\` for what it takes.`,
  })),
  CH907: entry('error', 'vars that are no mapping', (of: { problem: string }) => ({
    message: `--vars is not a YAML or JSON mapping: ${of.problem}`,
    fix: `Write \`--vars '{name: value}'\`, quoted for the shell.`,
  })),
  CH908: entry('warning', 'nothing selected', (of: { what: string }) => ({
    message: `nothing was selected: ${of.what}`,
    fix: 'Type `churn ls` for the names there are.',
  })),
  CH909: entry('error', 'a file is in the way', (of: { path: string; doing: string }) => ({
    message: `\`${of.path}\` is in the way of ${of.doing}`,
    cause: 'Files that are already there are never overwritten.',
    fix: 'Choose another folder, or move the file away.',
  })),
  CH910: entry('error', 'no project', (of: { folder: string }) => ({
    message: `there is no churn_project.yml in \`${of.folder}\` or any folder above it`,
    fix: 'Go to the project, name it with `--project-dir`, or make one with `churn init`.',
  })),
  CH911: entry('error', 'nothing to simulate', (of: { folder: string }) => ({
    message: `the project has no SQL files in \`${of.folder}\``,
    cause: '`churn simulate` runs the SQL files of that folder in the order of their names.',
    fix: 'Raw files of your own need no simulation: go on with `churn build`.',
  })),
  CH912: entry('error', 'a simulation statement failed', (of: { file: string; problem: string }) => ({
    message: `\`${of.file}\` failed: ${of.problem}`,
    cause: 'No file was replaced: a simulation is published whole or not at all.',
  })),
  CH913: entry('error', 'cannot write', (of: { path: string; problem: string }) => ({
    message: `cannot write \`${of.path}\`: ${of.problem}`,
    fix: 'Check the folder, its permissions and the free space of its disk.',
  })),
  CH914: entry('error', 'nothing to retry', (of: { path: string }) => ({
    message: `there is no earlier run to retry: \`${of.path}\` does not exist`,
    fix: 'Start with `churn build`.',
  })),
  CH915: entry('error', 'no such state', (of: { path: string }) => ({
    message: `\`${of.path}\` holds no manifest.json to compare with`,
    fix: 'Name a target folder of an earlier run: `--state DIR`.',
  })),
  CH916: entry('error', 'query failed', (of: { problem: string }) => ({
    message: `the query failed: ${of.problem}`,
    fix: 'A model has rows to show once it is built: `churn build -s <model>`.',
  })),
  CH917: entry('error', 'audit on data failed', (of: { problem: string }) => ({
    message: `the models could not be rebuilt from what was known: ${of.problem}`,
    fix: 'Build them first: `churn build`.',
  })),
  CH920: entry('error', 'no prediction declared', (of: { section: string; command: string }) => ({
    message: `\`churn ${of.command}\` needs \`${of.section}:\` in churn_project.yml`,
    fix: 'Declare the gold model, its entity, prediction time and label there.',
  })),
  CH921: entry('error', 'no gold table', (of: { relation: string; problem: string }) => ({
    message: `cannot read the gold table ${of.relation}: ${of.problem}`,
    fix: 'Build it first: `churn build`.',
  })),
  CH922: entry('error', 'no trained model', (of: { folder: string }) => ({
    message: `there is no trained model in \`${of.folder}\``,
    fix: 'Train one first: `churn train`.',
  })),
  CH923: entry('error', 'no such customer', (of: { entity: string; value: string; at?: string }) => ({
    message: `the gold table has no row with ${of.entity} = ${of.value}${of.at ? ` at ${of.at}` : ''}`,
    fix: 'Type `churn show -s <gold model>` to see which rows there are.',
  })),
  CH924: entry('error', 'no such prediction time', (of: { value: string; times: string }) => ({
    message: `the gold table has no rows at the prediction time ${of.value}`,
    cause: `It has ${of.times}.`,
  })),
  CH925: entry('error', 'gold table unfit for training', (of: { problem: string; fix?: string }) => ({
    message: `the gold table cannot be trained on: ${of.problem}`,
    fix: of.fix,
  })),
  CH926: entry('error', 'training parameter refused', (of: { problem: string }) => ({
    message: `a training setting was refused: ${of.problem}`,
    fix: 'Correct it under `training:` in churn_project.yml.',
  })),
  CH927: entry('error', 'model and gold table differ', (of: { missing: string }) => ({
    message: `the gold table lacks columns that the trained model uses: ${of.missing}`,
    fix: 'Rebuild the gold table, or train again: `churn train`.',
  })),
  CH928: entry('error', 'no such feature in the model', (of: { feature: string; nearest?: string }) => ({
    message: `the trained model does not look at \`${of.feature}\``,
    fix: of.nearest
      ? `Did you mean \`${of.nearest}\`? \`churn explain\` lists the features that matter.`
      : '`churn explain` lists the features that matter.',
  })),
  CH930: entry('error', 'a step of the demo failed', (of: { step: string }) => ({
    message: `the demo stopped at \`${of.step}\``,
    fix: `Run \`churn ${of.step}\` alone to see the whole of it.`,
  })),
  CH931: entry('error', 'no such audited column', (of: { name: string }) => ({
    message: `\`${of.name}\` is no audited column`,
    cause:
      'Columns of models with a `point_in_time` are audited; the model alone stands for the presence of its rows.',
    fix: 'Write `model.column`, such as `customer_360.logins_30d`; `churn audit --verbose` lists them.',
  })),
  CH932: entry(
    'error',
    'a refuted model is not built',
    (of: { model: string; column: string; reason: string }) => ({
      message: `${of.model}.${of.column} knew its future: the model is not built`,
      cause: of.reason,
      fix: `\`churn audit --explain ${of.model}.${of.column}\` shows the rows. A waiver in audits/policy.yml lets it pass.`,
    }),
  ),
  CH933: entry(
    'error',
    'training folds are not proved purged',
    (of: { label: string; by: string; reason: string }) => ({
      message: `folds purged by ${of.by} may learn \`${of.label}\` from the time they are tested on`,
      cause: of.reason,
      fix: 'Let `prediction.label_known_at` name an instant that is late enough for every row. A waiver in audits/policy.yml lets it pass.',
    }),
  ),
  CH998: entry('error', 'the machine failed', (of: { problem: string }) => ({
    message: of.problem,
  })),
  CH999: entry('error', 'internal error', (of: { problem: string; version: string; node: string }) => ({
    message: `internal error: ${of.problem}`,
    cause: `This is a fault of churn ${of.version} (Node ${of.node}), not of your project.`,
    fix: 'Please report it with the command and the output of `CHURN_DEBUG=1`.',
  })),
};

export const reportCli = reporter(cliMessages);
