import type { FlagTable } from './flag.ts';

/** Accepted by every command. */
export const globalFlags = {
  json: {
    kind: 'boolean',
    summary: 'Write JSON lines with a schema_version to stdout, and nothing else there',
  },
  logFormat: {
    kind: 'choice',
    choices: ['text', 'json'],
    summary: 'Format of progress and messages on stderr',
  },
  quiet: { kind: 'boolean', short: 'q', summary: 'Show errors only' },
  verbose: { kind: 'boolean', summary: 'Show every step, and the stack of an internal error' },
  noColor: { kind: 'boolean', summary: 'Plain text; NO_COLOR in the environment does the same' },
  help: { kind: 'boolean', short: 'h', summary: 'Show help for the command' },
} as const satisfies FlagTable;

/** Accepted by every command that reads a project. */
export const projectFlags = {
  projectDir: {
    kind: 'string',
    placeholder: 'DIR',
    summary: 'Folder with churn_project.yml (default: here, or the nearest folder above)',
  },
  target: {
    kind: 'string',
    short: 't',
    placeholder: 'NAME',
    summary: 'Target of the project file to build on',
  },
  threads: { kind: 'number', placeholder: 'N', integer: true, min: 1, summary: 'Nodes to build at once' },
  vars: {
    kind: 'string',
    placeholder: 'YAML',
    summary: "Project variables, as YAML or JSON: '{key: value}'",
  },
  targetPath: { kind: 'string', placeholder: 'DIR', summary: 'Folder for compiled SQL and artifacts' },
  warnError: { kind: 'boolean', summary: 'Treat warnings as errors' },
} as const satisfies FlagTable;

/** Accepted by every command that works on some of the nodes. */
export const selectionFlags = {
  select: {
    kind: 'list',
    short: 's',
    aliases: ['models'],
    placeholder: 'SELECTION',
    summary: 'Nodes to take: name, path:, tag:, config.x:, source:, state:modified, result:, +model+, @model',
  },
  exclude: { kind: 'list', placeholder: 'SELECTION', summary: 'Nodes to leave out, in the same grammar' },
  selector: { kind: 'string', placeholder: 'NAME', summary: 'A named selection of selectors.yml' },
  resourceType: {
    kind: 'list',
    placeholder: 'TYPE',
    summary: 'Keep these kinds only: model, seed, snapshot, test, source',
  },
  indirectSelection: {
    kind: 'choice',
    choices: ['eager', 'cautious', 'buildable', 'empty'],
    summary: 'Which tests come with a selected model',
  },
  state: {
    kind: 'string',
    placeholder: 'DIR',
    summary: 'Folder with the manifest that state: compares with',
  },
} as const satisfies FlagTable;

/** Accepted by the commands that run nodes. */
export const runFlags = {
  fullRefresh: { kind: 'boolean', short: 'f', summary: 'Rebuild incremental models and seeds from scratch' },
  failFast: { kind: 'boolean', short: 'x', summary: 'Stop at the first failure' },
  dryRun: { kind: 'boolean', summary: 'Print the statements in order; touch nothing' },
} as const satisfies FlagTable;

/** Accepted by the commands that build models: which parts of them. */
export const partFlags = {
  restate: {
    kind: 'boolean',
    summary: 'Replace past prediction times of incremental models that late rows have changed',
  },
  eventTimeStart: {
    kind: 'string',
    placeholder: 'TIME',
    summary: 'Build microbatches and prediction times from this instant on (UTC), also those that exist',
  },
  eventTimeEnd: { kind: 'string', placeholder: 'TIME', summary: '... and before this one' },
} as const satisfies FlagTable;

/** Accepted by the gates, for other tools to read. */
export const formatFlag = {
  format: {
    kind: 'choice',
    choices: ['json', 'sarif', 'junit', 'github'],
    summary: 'Also write the outcome to stdout for another tool',
  },
} as const satisfies FlagTable;
