import { type Diagnostic, reportGraph } from '../../diagnostics/index.ts';
import type { Criterion, Expression } from './expression.ts';

const criterionPattern =
  /^(?<at>@)?(?<parents>(?<up>\d*)\+)?(?:(?<method>[\w.]+):(?!\\))?(?<value>.*?)(?<children>\+(?<down>\d*))?$/s;

/**
 * The selection of `--select` or `--exclude`: space unites, comma intersects.
 *
 * @example parseSelection(['+orders', 'tag:daily,config.materialized:view'], report)
 */
export function parseSelection(
  texts: readonly string[],
  report: (diagnostic: Diagnostic) => void,
): Expression | undefined {
  const parts = texts
    .flatMap((text) => text.trim().split(/\s+/))
    .filter((word) => word !== '')
    .flatMap((word): Expression[] => {
      const criteria = word.split(',').flatMap((text) => parseCriterion(text, report) ?? []);
      if (criteria.length < word.split(',').length) return [];
      return criteria.length === 1 ? criteria : [{ kind: 'intersection', parts: criteria }];
    });
  if (parts.length === 0) return undefined;
  return parts.length === 1 ? parts[0] : { kind: 'union', parts };
}

/** One criterion of dbt's grammar: `[@][n+][method[.arg]:]value[+n]`. */
export function parseCriterion(
  text: string,
  report: (diagnostic: Diagnostic) => void,
): Criterion | undefined {
  const groups = criterionPattern.exec(text)?.groups;
  const value = groups?.value ?? '';
  if (groups === undefined || value === '') {
    report(reportGraph('CH314', { criterion: text, why: 'It names nothing to select.' }));
    return undefined;
  }
  if (groups.at && groups.children) {
    report(
      reportGraph('CH314', {
        criterion: text,
        why: '`@` already follows the children: a `+` after it is not possible.',
      }),
    );
    return undefined;
  }
  const [method, ...args] = groups.method ? groups.method.split('.') : [defaultMethod(value)];
  return {
    kind: 'criterion',
    method: method as string,
    arguments: args,
    value,
    childrensParents: groups.at !== undefined,
    parents: groups.parents === undefined ? undefined : depth(groups.up),
    children: groups.children === undefined ? undefined : depth(groups.down),
    text,
  };
}

function depth(digits: string | undefined): number {
  return digits === undefined || digits === '' ? Number.POSITIVE_INFINITY : Number(digits);
}

/** As in dbt: a value with a slash is a path, one with a file's ending a file, else a name. */
function defaultMethod(value: string): string {
  if (/[\\/]/.test(value)) return 'path';
  return /\.(sql|ts|csv|yml|yaml)$/i.test(value) ? 'file' : 'fqn';
}
