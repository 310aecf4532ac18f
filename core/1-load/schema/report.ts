import type { z } from 'zod';
import { type Diagnostic, nearest, reportLoad, type Span } from '../../diagnostics/index.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entryOf, type YamlEntry, type YamlNode } from '../yaml/tree.ts';
import { jinjaMark, type ShapeNote } from './shape.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** zod's issues as diagnostics: places from the tree, words from the catalogue, nearest names from the shapes. */
export function reportIssues(doc: YamlDocument, issues: readonly Issue[]): Diagnostic[] {
  return issues.flatMap((issue) => report(doc, issue, issue.path));
}

function report(doc: YamlDocument, issue: Issue, path: Path): Diagnostic[] {
  const { node, entry } = locate(doc.root, path);
  const span = node === undefined ? undefined : doc.span(node);
  const what = naming(path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const note = JSON.parse(issue.message) as ShapeNote;
      return issue.keys.map((key) => unknownKey(doc, node, key, note));
    }
    case 'custom': {
      const { code, args, onKey } = (issue.params ?? {}) as { code?: string; args?: object; onKey?: boolean };
      const place = onKey && entry !== undefined ? doc.keySpan(entry) : span;
      if (code !== undefined) return [reportLoad(code as 'CH102', args as never, { span: place })];
      return [invalid(what, `must be ${issue.message}`, span)];
    }
    case 'invalid_type':
      return [wrongType(doc, path, expectation(issue.expected), node)];
    case 'invalid_union': {
      const branches = issue.errors.map((branch) => branch.filter(({ message }) => message !== jinjaMark));
      return union(
        doc,
        path,
        branches.filter((branch) => branch.length > 0),
        node,
      );
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      if (node === undefined) return [wrongType(doc, path, values.join(' or '), node)];
      const found = node.kind === 'scalar' ? String(node.value) : typeName(node);
      const near = nearest(found, values);
      const fix = `Use ${values.length === 1 ? values[0] : `one of ${values.join(', ')}`}.`;
      return [reportLoad('CH112', { what, problem: `cannot be \`${found}\``, nearest: near, fix }, { span })];
    }
    case 'too_small':
      return [invalid(what, issue.origin === 'string' ? 'is empty' : `is below ${issue.minimum}`, span)];
    case 'too_big':
      return [invalid(what, `is above ${issue.maximum}`, span)];
    case 'invalid_format':
      return [invalid(what, `must be ${issue.message}`, span)];
    default:
      return [invalid(what, `is not right: ${issue.message}`, span)];
  }
}

/** Of several forms, the one the user meant: whose type fits at the top; else all of them are named. */
function union(
  doc: YamlDocument,
  path: Path,
  branches: readonly (readonly Issue[])[],
  node: YamlNode | undefined,
): Diagnostic[] {
  const meant =
    branches.find((branch) => branch.some(reachesInside)) ??
    branches.find((branch) => branch.some(({ code }) => code !== 'invalid_type' && code !== 'invalid_union'));
  const chosen = meant ?? (branches.length === 1 ? branches[0] : undefined);
  if (chosen !== undefined) return chosen.flatMap((issue) => report(doc, issue, [...path, ...issue.path]));
  const expected = branches.flatMap((branch) => branch.flatMap((issue) => expectedTypes(issue)));
  return [wrongType(doc, path, [...new Set(expected)].join(' or '), node)];
}

/** True when a complaint is about something within the value, so that the value's own type was right. */
function reachesInside(issue: Issue): boolean {
  if (issue.path.length > 0) return true;
  return issue.code === 'invalid_union' && issue.errors.some((branch) => branch.some(reachesInside));
}

function unknownKey(doc: YamlDocument, node: YamlNode | undefined, key: string, note: ShapeNote): Diagnostic {
  const entry = entryOf(node, key);
  const span = entry === undefined ? undefined : doc.keySpan(entry);
  const foreign = Object.hasOwn(note.foreign, key) ? note.foreign[key] : undefined;
  const what = `\`${key}\` in ${note.where}`;
  if (foreign?.verdict === 'refused') return reportLoad('CH113', { what, ...foreign }, { span });
  if (foreign !== undefined) return reportLoad('CH114', { what, ...foreign }, { span });
  const { where, known } = note;
  return reportLoad('CH102', { key, where, nearest: nearest(key, known), known }, { span });
}

function wrongType(doc: YamlDocument, path: Path, expected: string, node: YamlNode | undefined): Diagnostic {
  if (node !== undefined) {
    const found = typeName(node);
    const fix = typeFix(expected, node);
    return reportLoad('CH103', { what: naming(path), expected, found, fix }, { span: doc.span(node) });
  }
  const parent = locate(doc.root, path.slice(0, -1)).node ?? doc.root;
  const span = parent === undefined ? undefined : firstLine(doc, parent);
  return reportLoad(
    'CH111',
    { key: String(path.at(-1)), where: ownerName(path.slice(0, -1), doc) },
    { span },
  );
}

/** What to type where the value was meant well: quotes around a number, YAML 1.2's words for yes and no. */
function typeFix(expected: string, node: YamlNode): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  if (expected === 'text') return 'Put it in quotes.';
  if (expected !== 'true or false') return undefined;
  const word = String(node.value).toLowerCase();
  if (['yes', 'on', 'y', 'true', '1'].includes(word)) return 'Write `true`.';
  return ['no', 'off', 'n', 'false', '0'].includes(word) ? 'Write `false`.' : undefined;
}

function invalid(what: string, problem: string, span: Span | undefined): Diagnostic {
  return reportLoad('CH112', { what, problem }, { span });
}

/** A collection's place for a caret: its first key rather than all its lines. */
function firstLine(doc: YamlDocument, node: YamlNode): Span {
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  return first === undefined ? doc.span(node) : doc.keySpan(first);
}

/** The node at a path, and the entry whose value it is. */
function locate(root: YamlNode | undefined, path: Path): { node?: YamlNode; entry?: YamlEntry } {
  let node = root;
  let entry: YamlEntry | undefined;
  for (const step of path) {
    if (typeof step === 'number') {
      node = node?.kind === 'seq' ? node.items[step] : undefined;
    } else {
      entry = entryOf(node, String(step));
      node = entry?.value;
    }
  }
  return { node, entry };
}

/** `` `columns` ``, or `` an item of `columns` ``. */
function naming(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last !== 'number') return `\`${String(last)}\``;
  const list = path.findLast((step) => typeof step === 'string');
  return list === undefined ? 'an item of the list' : `an item of \`${String(list)}\``;
}

const singular: Readonly<Record<string, string>> = {
  models: 'a model',
  seeds: 'a seed',
  snapshots: 'a snapshot',
  sources: 'a source',
  tables: 'a table of a source',
  columns: 'a column',
  tests: 'a test',
  data_tests: 'a test',
  analyses: 'an analysis',
  macros: 'a macro',
  exposures: 'an exposure',
  unit_tests: 'a unit test',
  waivers: 'a waiver',
  selectors: 'a selector',
  actions: 'an action',
  constraints: 'a constraint',
  given: 'an input of a unit test',
  arguments: 'an argument of a macro',
  data_quality: 'a monitoring rule',
  model_health: 'a monitoring rule',
  business: 'a monitoring rule',
};

/** What lacks a key: `a column`, `` `prediction` ``, churn_project.yml. */
function ownerName(path: Path, doc: YamlDocument): string {
  const last = path.at(-1);
  if (last === undefined) return doc.path;
  if (typeof last !== 'number') return `\`${String(last)}\``;
  const list = String(path.findLast((step) => typeof step === 'string'));
  return singular[list] ?? `an item of \`${list}\``;
}

/** Types that would do, nested forms included. */
function expectedTypes(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_type') return [expectation(issue.expected)];
  if (issue.code !== 'invalid_union') return [];
  return issue.errors
    .flat()
    .filter(({ message }) => message !== jinjaMark)
    .flatMap(expectedTypes);
}

function expectation(expected: string): string {
  return expectations[expected] ?? expected;
}

const expectations: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
};

function typeName(node: YamlNode): string {
  switch (node.kind) {
    case 'map':
      return 'a mapping';
    case 'seq':
      return 'a list';
    case 'scalar':
      return node.value === null ? 'nothing' : typeof node.value === 'string' ? 'text' : `${node.value}`;
  }
}
