import type { Project, SourceText } from '../../1-load/index.ts';
import { type Diagnostic, LineIndex, reportRender, type Span } from '../../diagnostics/index.ts';
import type { AuditRule } from '../define/audit-rule.ts';
import { moduleLoader, thrownText } from './module-loader.ts';

/** A rule of the project's own, and where it is written. */
export interface LoadedRule {
  readonly rule: AuditRule;
  readonly span: Span;
}

export interface LoadedRules {
  readonly rules: readonly LoadedRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Evaluates audits/**\/*.ts: each file's default export is an audit rule, but for a `_shared.ts` that others import.
 * Without such files, jiti is not loaded.
 */
export function loadAuditRules(project: Project): LoadedRules {
  const files = project.typedFiles.filter(
    ({ path }) =>
      project.paths.audits.some((folder) => path.startsWith(`${folder}/`)) && !/(^|\/)_[^/]*$/.test(path),
  );
  const load = moduleLoader(project);
  const rules: LoadedRule[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const file of files) {
    const span = exportSpan(file);
    const at = { span };
    let value: unknown;
    try {
      value = load(file.path).default;
    } catch (error) {
      const problem = `\`${file.path}\` cannot be evaluated`;
      diagnostics.push(reportRender('CH250', { problem, thrown: thrownText(error, project) }, at));
      continue;
    }
    const problem = isRule(value) ? problemOf(value, rules) : 'its default export is no `auditRule({...})`';
    if (problem === undefined) rules.push({ rule: value as AuditRule, span });
    else diagnostics.push(reportRender('CH258', { file: file.path, problem }, at));
  }
  return { rules, diagnostics };
}

function isRule(value: unknown): value is AuditRule {
  return typeof value === 'object' && value !== null && 'churn' in value && value.churn === 'audit_rule';
}

/** What a rule written without a type checker may lack. */
function problemOf(rule: AuditRule, known: readonly LoadedRule[]): string | undefined {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(String(rule.id)))
    return `its id \`${rule.id}\` is not of the form \`no-clock\``;
  const twin = known.find((other) => other.rule.id === rule.id);
  if (twin !== undefined) return `the id \`${rule.id}\` is that of ${twin.span.file} too`;
  for (const key of ['claim', 'cannotSee'] as const)
    if (typeof rule[key] !== 'string' || rule[key].trim() === '') return `\`${key}\` says nothing`;
  if (rule.severity !== 'error' && rule.severity !== 'warn')
    return '`severity` is neither `error` nor `warn`';
  const visitors = Object.entries(rule.visit ?? {});
  const unknown = visitors.find(([name]) => !['model', 'column', 'source', 'call'].includes(name));
  if (unknown !== undefined) return `there is nothing to visit called \`${unknown[0]}\``;
  if (!visitors.some(([, visitor]) => typeof visitor === 'function')) return 'it visits nothing';
  return undefined;
}

/** `export default ...` up to the end of its line. */
function exportSpan({ path, text }: SourceText): Span {
  const found = /^export default\b.*$/m.exec(text);
  return new LineIndex(text).span(path, found?.index ?? 0, found ? found.index + found[0].length : 0);
}
