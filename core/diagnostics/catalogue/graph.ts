import { didYouMean, entry, reporter } from '../message.ts';

type Unknown = { readonly name: string; readonly nearest?: string };

/** Messages of the graph phase: the DAG (CH301-CH309), selection (CH310-CH329), state (CH330-CH339). */
export const graphMessages = {
  CH301: entry('error', 'References form a cycle', (a: { path: readonly string[]; knot: number }) => ({
    message:
      a.path.length === 2
        ? `\`${a.path[0]}\` refers to itself`
        : `References form a cycle: ${a.path.join(' -> ')}`,
    cause:
      a.knot > a.path.length - 1
        ? `${a.knot} nodes depend on each other here; this is the shortest cycle.`
        : 'A node can only be built after everything it reads.',
    fix: 'Remove one of the references, or move what both sides need into a model of its own.',
  })),
  CH302: entry(
    'error',
    'Two nodes build the same relation',
    (a: { relation: string; node: string; other: string }) => ({
      message: `\`${a.node}\` and \`${a.other}\` both build \`${a.relation}\``,
      cause: 'The second would overwrite the first.',
      fix: 'Give one of them another `alias` or `schema`.',
    }),
  ),
  CH310: entry('error', 'Selection names a node that does not exist', (a: Unknown) => ({
    message: `Nothing is named \`${a.name}\``,
    cause: 'A plain name selects a model, seed, snapshot, test or folder of the project.',
    fix: didYouMean(a.nearest) ?? 'See `churn ls` for what exists.',
  })),
  CH311: entry('warning', 'Selection matches nothing', (a: { criterion: string; nearest?: string }) => ({
    message: `\`${a.criterion}\` matches nothing`,
    fix: didYouMean(a.nearest),
  })),
  CH312: entry('error', 'Selection has an unknown method', (a: Unknown) => ({
    message: `\`${a.name}:\` is not a selection method`,
    fix:
      didYouMean(a.nearest) ??
      'Methods are path, file, fqn, tag, config, source, exposure, package, resource_type, test_type, test_name, state, result and selector.',
  })),
  CH313: entry(
    'error',
    'Selection uses a method of dbt that churn lacks',
    (a: { name: string; why: string }) => ({
      message: `The selection method \`${a.name}:\` is not supported`,
      cause: a.why,
      fix: 'Select by name, tag, path or config instead.',
    }),
  ),
  CH314: entry('error', 'Selection cannot be read', (a: { criterion: string; why: string }) => ({
    message: `\`${a.criterion}\` is not a selection`,
    cause: a.why,
    fix: 'Write [@][n+][method:]value[+n], join by comma to intersect and by space to unite.',
  })),
  CH315: entry(
    'error',
    'Selection method has no such value',
    (a: { method: string; value: string; nearest?: string; allowed: string }) => ({
      message: `\`${a.method}:\` has no value \`${a.value}\``,
      fix: didYouMean(a.nearest) ?? `It takes ${a.allowed}.`,
    }),
  ),
  CH316: entry(
    'error',
    'Selection needs the state of an earlier run',
    (a: { method: string; file: string }) => ({
      message: `\`${a.method}:\` compares with an earlier run, and none was given`,
      fix: `Pass --state with the folder of the earlier run's ${a.file}.`,
    }),
  ),
  CH317: entry('error', 'Unknown named selector', (a: Unknown) => ({
    message: `selectors.yml has no selector \`${a.name}\``,
    fix: didYouMean(a.nearest),
  })),
  CH318: entry('error', 'Named selector cannot be read', (a: { name: string; why: string }) => ({
    message: `The selector \`${a.name}\` cannot be read`,
    cause: a.why,
    fix: 'A definition is a string, {method, value, ...}, or {union | intersection: [...]} with an optional {exclude: [...]}.',
  })),
  CH319: entry('error', 'Named selectors include each other', (a: { path: readonly string[] }) => ({
    message: `Selectors include each other: ${a.path.join(' -> ')}`,
    fix: 'Break the circle.',
  })),
  CH330: entry('error', 'State folder cannot be used', (a: { file: string; why: string }) => ({
    message: `${a.file} cannot be used as state`,
    cause: a.why,
    fix: 'Point --state at the target folder of a finished churn run.',
  })),
};

export const reportGraph = reporter(graphMessages);
