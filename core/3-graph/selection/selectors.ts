import type { ConfigValue, Project, SelectorDefinition } from '../../1-load/index.ts';
import { type Diagnostic, nearest, reportGraph } from '../../diagnostics/index.ts';
import type { Criterion, Expression, IndirectSelection } from './expression.ts';
import { parseCriterion, parseSelection } from './parse.ts';

type Mapping = Readonly<Record<string, ConfigValue>>;

const modes: readonly string[] = ['eager', 'cautious', 'buildable', 'empty'];
const criterionKeys = [
  'method',
  'value',
  'childrens_parents',
  'parents',
  'children',
  'parents_depth',
  'children_depth',
  'indirect_selection',
  'exclude',
];

/**
 * Looks selectors of selectors.yml up by name and reads their definitions, each once; selectors may include
 * others by `method: selector`.
 */
export function selectorReader(
  project: Project,
  report: (diagnostic: Diagnostic) => void,
): (name: string) => Expression | undefined {
  const byName = new Map(project.selectors.map((selector) => [selector.name, selector]));
  const read = (name: string, from: readonly string[]): Expression | undefined => {
    const selector = byName.get(name);
    if (selector === undefined) {
      report(reportGraph('CH317', { name, nearest: nearest(name, byName.keys()) }));
      return undefined;
    }
    const path = [...from, name];
    if (from.includes(name)) {
      report(reportGraph('CH319', { path: path.slice(from.indexOf(name)) }, { span: selector.span }));
      return undefined;
    }
    return new DefinitionReader(selector, report, (inner) => read(inner, path)).read();
  };
  return (name) => read(name, []);
}

class DefinitionReader {
  constructor(
    readonly selector: SelectorDefinition,
    readonly report: (diagnostic: Diagnostic) => void,
    readonly include: (name: string) => Expression | undefined,
  ) {}

  read(): Expression | undefined {
    return this.#expression(this.selector.definition);
  }

  #expression(value: ConfigValue): Expression | undefined {
    if (typeof value === 'string') return parseSelection([value], this.#reportAtSelector);
    if (Array.isArray(value)) return this.#fail('A list needs `union` or `intersection` above it.');
    if (typeof value !== 'object' || value === null) return this.#fail('A criterion is a text or a mapping.');
    const mapping = value as Mapping;
    for (const kind of ['union', 'intersection'] as const) {
      if (mapping[kind] !== undefined) return this.#setOperation(kind, mapping);
    }
    if (mapping.method !== undefined) return this.#criterion(mapping);
    const keys = Object.keys(mapping);
    if (keys.length !== 1) {
      return this.#fail('A mapping is {method, value, ...}, {union}, {intersection} or one {method: value}.');
    }
    return this.#criterion({ method: keys[0] as string, value: mapping[keys[0] as string] as ConfigValue });
  }

  /** Parts are united or intersected; one `exclude` among them is taken away from the result. */
  #setOperation(kind: 'union' | 'intersection', mapping: Mapping): Expression | undefined {
    const list = mapping[kind];
    if (!Array.isArray(list)) return this.#fail(`\`${kind}\` takes a list.`);
    if (Object.keys(mapping).length > 1) return this.#fail(`\`${kind}\` stands alone in its mapping.`);
    const isExclude = (part: ConfigValue) =>
      typeof part === 'object' && part !== null && 'exclude' in part && !('method' in part);
    const excludes = (list as ConfigValue[]).filter(isExclude) as Mapping[];
    if (excludes.length > 1) return this.#fail('Only one `exclude` can stand in a list.');
    const parts = (list as ConfigValue[])
      .filter((part) => !isExclude(part))
      .map((part) => this.#expression(part));
    if (parts.some((part) => part === undefined)) return undefined;
    const whole: Expression = { kind, parts: parts as Expression[] };
    return excludes[0] === undefined ? whole : this.#without(whole, excludes[0].exclude as ConfigValue);
  }

  #criterion(mapping: Mapping): Expression | undefined {
    const unknown = Object.keys(mapping).find((key) => !criterionKeys.includes(key));
    if (unknown !== undefined) return this.#fail(`\`${unknown}\` is not a key of a criterion.`);
    const { method, value } = mapping;
    if (typeof method !== 'string' || value === undefined || typeof value === 'object') {
      return this.#fail('A criterion has a `method` and a single `value`.');
    }
    if (method === 'selector') return this.include(String(value));
    const parsed = parseCriterion(`${method}:${value}`, this.#reportAtSelector);
    if (parsed === undefined) return undefined;
    const mode = mapping.indirect_selection;
    if (mode !== undefined && !modes.includes(String(mode))) {
      return this.#fail(`\`indirect_selection\` takes ${modes.join(', ')}.`);
    }
    const criterion: Criterion = {
      ...parsed,
      value: String(value),
      childrensParents: mapping.childrens_parents === true,
      parents: mapping.parents === true ? depth(mapping.parents_depth) : undefined,
      children: mapping.children === true ? depth(mapping.children_depth) : undefined,
      indirect: mode as IndirectSelection | undefined,
      span: this.selector.span,
    };
    return mapping.exclude === undefined ? criterion : this.#without(criterion, mapping.exclude);
  }

  #without(include: Expression, value: ConfigValue): Expression | undefined {
    if (!Array.isArray(value)) return this.#fail('`exclude` takes a list.');
    const parts = (value as ConfigValue[]).map((part) => this.#expression(part));
    if (parts.some((part) => part === undefined)) return undefined;
    return { kind: 'difference', include, exclude: { kind: 'union', parts: parts as Expression[] } };
  }

  #reportAtSelector = (diagnostic: Diagnostic) => this.report({ ...diagnostic, span: this.selector.span });

  #fail(why: string): undefined {
    const { name, span } = this.selector;
    this.report(reportGraph('CH318', { name, why }, { span }));
    return undefined;
  }
}

function depth(value: ConfigValue | undefined): number {
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY;
}
