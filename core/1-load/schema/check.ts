import type { z } from 'zod';
import type { Diagnostic } from '../../diagnostics/index.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { toValue } from '../yaml/tree.ts';
import { checkNames } from './names.ts';
import { policyFile } from './policy.ts';
import { projectFile } from './project-file.ts';
import { propertiesFile } from './properties.ts';
import { reportIssues } from './report.ts';
import { selectorsFile } from './selectors.ts';

export type FileKind = 'project' | 'properties' | 'policy' | 'selectors';

const schemas: Readonly<Record<FileKind, z.ZodType>> = {
  project: projectFile,
  properties: propertiesFile,
  policy: policyFile,
  selectors: selectorsFile,
};

/** Holds a YAML file to the schema of its kind; every problem at its place in the file. */
export function checkDocument(kind: FileKind, doc: YamlDocument): Diagnostic[] {
  if (doc.root === undefined) return [];
  const result = schemas[kind].safeParse(toValue(doc.root));
  const found = result.success ? [] : reportIssues(doc, result.error.issues);
  return kind === 'properties' ? [...found, ...checkNames(doc)] : found;
}
