import type { AuditPolicy, AuditWaiver, PolicyLevels, PolicySeverity } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, get, itemsOf, textOf, type YamlNode } from '../yaml/tree.ts';

/** audits/policy.yml. What it leaves out is enforced: both verdicts are errors. */
export function buildPolicy(doc: YamlDocument): AuditPolicy | undefined {
  if (doc.root === undefined) return undefined;
  const standard = levels(doc.root, { refuted: 'error', unproven: 'error' });
  const models = entriesOf(get(doc.root, 'models')).map(
    ({ key, value }) => [key, levels(value, standard)] as const,
  );
  return {
    ...doc.located(doc.root),
    default: standard,
    models: new Map(models),
    waivers: itemsOf(get(doc.root, 'waivers')).flatMap((node) => buildWaiver(doc, node) ?? []),
  };
}

/** `{refuted: ..., unproven: ...}`, or one word for both. */
function levels(node: YamlNode, otherwise: PolicyLevels): PolicyLevels {
  const word = severity(node);
  return {
    refuted: word ?? severity(get(node, 'refuted')) ?? otherwise.refuted,
    unproven: word ?? severity(get(node, 'unproven')) ?? otherwise.unproven,
  };
}

function severity(node: YamlNode | undefined): PolicySeverity | undefined {
  const word = textOf(node);
  return word === 'error' || word === 'warn' ? word : undefined;
}

function buildWaiver(doc: YamlDocument, node: YamlNode): AuditWaiver | undefined {
  const model = doc.text(get(node, 'model'));
  const column = doc.text(get(node, 'column'));
  const until = doc.text(get(node, 'until'));
  if (model === undefined || column === undefined || until === undefined) return undefined;
  return {
    model,
    column,
    who: textOf(get(node, 'who')) ?? '',
    why: textOf(get(node, 'why')) ?? '',
    until,
    span: doc.span(node),
  };
}
