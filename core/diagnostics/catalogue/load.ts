import { didYouMean, entry, reporter } from '../message.ts';

const suggest = (nearest: string | undefined, known: readonly string[] | undefined): string | undefined =>
  didYouMean(nearest) ??
  (known === undefined || known.length === 0
    ? undefined
    : `Known here: ${known.slice(0, 24).join(', ')}${known.length > 24 ? ', ...' : ''}.`);

/** Messages of the load phase. */
export const loadMessages = {
  CH100: entry('error', 'No project file', (a: { dir: string; dbtFile: boolean }) => ({
    message: `there is no churn_project.yml in ${a.dir}`,
    cause: a.dbtFile ? 'a dbt_project.yml is there, which is read only under its new name' : undefined,
    fix: a.dbtFile
      ? 'Rename dbt_project.yml to churn_project.yml.'
      : 'Run `churn init`, or point --project-dir at the folder that holds churn_project.yml.',
  })),
  CH101: entry('error', 'A file cannot be read', (a: { path: string; reason: string; fix?: string }) => ({
    message: `${a.path} cannot be read`,
    cause: a.reason,
    fix: a.fix ?? 'Check that the file exists and that you may read it.',
  })),
  CH102: entry(
    'error',
    'Unknown key',
    (a: { key: string; where: string; nearest?: string; known?: readonly string[]; fix?: string }) => ({
      message: `unknown key \`${a.key}\` in ${a.where}`,
      fix: a.fix ?? suggest(a.nearest, a.known),
    }),
  ),
  CH103: entry(
    'error',
    'Wrong type',
    (a: { what: string; expected: string; found: string; fix?: string }) => ({
      message: `${a.what} must be ${a.expected}, not ${a.found}`,
      fix: a.fix,
    }),
  ),
  CH104: entry('error', 'Duplicate key', (a: { key: string }) => ({
    message: `the key \`${a.key}\` is written twice in the same mapping`,
    cause: 'YAML would keep one of the two and forget the other',
    fix: 'Remove one, or merge the two.',
  })),
  CH105: entry('error', 'YAML syntax', (a: { problem: string; cause?: string; fix?: string }) => ({
    message: a.problem,
    cause: a.cause,
    fix: a.fix ?? 'Compare the indentation and the quotes with the lines above.',
  })),
  CH106: entry('error', 'Tab in indentation', (_: object) => ({
    message: 'a tab is used as indentation',
    cause: 'YAML allows spaces only at the start of a line',
    fix: 'Replace the tab by spaces.',
  })),
  CH107: entry('error', 'Not UTF-8', (a: { path: string; what: string; encoding?: string }) => ({
    message: `${a.path} is not UTF-8 text: ${a.what}`,
    cause: a.encoding === undefined ? undefined : `it looks like ${a.encoding}`,
    fix: 'Save the file as UTF-8.',
  })),
  CH108: entry(
    'error',
    'File too large',
    (a: { path: string; size: string; limit: string; fix: string }) => ({
      message: `${a.path} has ${a.size}; at most ${a.limit} are read`,
      fix: a.fix,
    }),
  ),
  CH109: entry('error', 'Empty file', (a: { path: string; what: string }) => ({
    message: `${a.path} is empty`,
    cause: `${a.what}, and there is nothing in the file`,
    fix: 'Write it, or delete the file.',
  })),
  CH110: entry('error', 'Duplicate name', (a: { name: string; kind: string; other: string }) => ({
    message: `two nodes are named \`${a.name}\`: this ${a.kind} and the ${a.other}`,
    cause: 'models, seeds and snapshots share one namespace, since ref() takes a name only',
    fix: 'Rename one of the files; `config(alias=...)` keeps the name of its table.',
  })),
  CH111: entry('error', 'Missing key', (a: { key: string; where: string; why?: string; fix?: string }) => ({
    message: `${a.where} needs \`${a.key}\``,
    cause: a.why,
    fix: a.fix ?? `Add \`${a.key}:\`.`,
  })),
  CH112: entry(
    'error',
    'Invalid value',
    (a: { what: string; problem: string; nearest?: string; fix?: string }) => ({
      message: `${a.what} ${a.problem}`,
      fix: didYouMean(a.nearest) ?? a.fix,
    }),
  ),
  CH113: entry('error', 'Not supported', (a: { what: string; reason: string; rewrite: string }) => ({
    message: `${a.what} is not supported`,
    cause: a.reason,
    fix: a.rewrite,
  })),
  CH114: entry('info', 'Without effect', (a: { what: string; reason: string; fix?: string }) => ({
    message: `${a.what} has no effect here`,
    cause: a.reason,
    fix: a.fix,
  })),
  CH115: entry('warning', 'Missing folder', (a: { path: string; key: string }) => ({
    message: `the folder \`${a.path}\` of \`${a.key}\` does not exist`,
    fix: 'Create it, or take it out of the list.',
  })),
  CH116: entry('warning', 'Symbolic link loop', (a: { path: string; target: string }) => ({
    message: `the link ${a.path} leads back to ${a.target}, a folder it lies in`,
    cause: 'following it would never end; it was skipped',
    fix: 'Remove the link.',
  })),
  CH117: entry(
    'warning',
    'Properties of nothing',
    (a: { kind: string; name: string; nearest?: string; other?: string }) => ({
      message: `properties for the ${a.kind} \`${a.name}\`, which does not exist`,
      cause: a.other === undefined ? undefined : `\`${a.name}\` is a ${a.other}`,
      fix:
        a.other === undefined
          ? (didYouMean(a.nearest) ?? 'Correct the name, or delete the entry.')
          : `Move the entry under \`${a.other}s:\`.`,
    }),
  ),
  CH118: entry('error', 'Two property blocks', (a: { kind: string; name: string }) => ({
    message: `the ${a.kind} \`${a.name}\` has two blocks of properties`,
    cause: 'which of the two counts would depend on the order of the files',
    fix: 'Merge them into one.',
  })),
  CH119: entry('error', 'Duplicate source table', (a: { source: string; table: string }) => ({
    message: `the table \`${a.table}\` of the source \`${a.source}\` is declared twice`,
    fix: 'Merge the two declarations, or rename one and set `identifier:`.',
  })),
  CH120: entry('error', 'Duplicate column', (a: { column: string; where: string }) => ({
    message: `the column \`${a.column}\` is declared twice in ${a.where}`,
    fix: 'Merge the two declarations.',
  })),
  CH121: entry(
    'error',
    'Unknown target',
    (a: { target: string; nearest?: string; known: readonly string[] }) => ({
      message: `there is no target \`${a.target}\``,
      fix: suggest(a.nearest, a.known),
    }),
  ),
  CH122: entry('error', 'Invalid name', (a: { kind: string; name: string; problem: string }) => ({
    message: `\`${a.name}\` cannot name a ${a.kind}: ${a.problem}`,
    fix: 'Use letters, digits, `_`, `-` and `.`, and begin with a letter or `_`.',
  })),
  CH123: entry('error', 'Broken docs block', (a: { problem: string; fix: string }) => ({
    message: a.problem,
    fix: a.fix,
  })),
  CH124: entry('error', 'Broken snapshot file', (a: { problem: string; cause?: string; fix: string }) => ({
    message: a.problem,
    cause: a.cause,
    fix: a.fix,
  })),
  CH125: entry('error', 'Duplicate declaration', (a: { kind: string; name: string }) => ({
    message: `two declarations of the ${a.kind} \`${a.name}\``,
    fix: 'Rename or remove one.',
  })),
  CH126: entry('warning', 'Config for nothing', (a: { path: string; section: string; fix?: string }) => ({
    message: `\`${a.path}\` under \`${a.section}:\` matches no folder and no file`,
    fix: a.fix ?? 'Correct the name, or delete the entry. A config key is written with a `+`.',
  })),
  CH127: entry('error', 'Several documents', (_: object) => ({
    message: 'the file holds more than one YAML document',
    cause: 'only one per file is read, and the rest would be ignored',
    fix: 'Remove the line `---` between them, or split the file.',
  })),
  CH128: entry('error', 'Aliases expand without end', (a: { limit: number }) => ({
    message: `the aliases of this file expand to more than ${a.limit} values, or into themselves`,
    fix: 'Write the values out, or use fewer anchors.',
  })),
  CH129: entry('error', 'Path outside the project', (a: { path: string; key: string }) => ({
    message: `\`${a.path}\` of \`${a.key}\` does not lie within the project`,
    cause: 'what a project means must not depend on files beside it',
    fix: 'Use a folder below churn_project.yml.',
  })),
  CH130: entry('error', 'Arguments beside the test', (a: { test: string; keys: readonly string[] }) => ({
    message: `${a.keys.map((key) => `\`${key}\``).join(', ')} stand${a.keys.length === 1 ? 's' : ''} beside \`${a.test}:\`, not below it`,
    cause: 'the arguments of a test are indented further than its name',
    fix: `Indent ${a.keys.length === 1 ? 'it' : 'them'} by two more spaces.`,
  })),
  CH131: entry('warning', 'Names no model', (a: { where: string; name: string; nearest?: string }) => ({
    message: `${a.where} names the model \`${a.name}\`, which does not exist`,
    fix: didYouMean(a.nearest) ?? 'Correct the name, or delete the entry.',
  })),
};

export const reportLoad = reporter(loadMessages);
