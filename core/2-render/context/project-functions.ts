import type { ConfigValue, Located } from '../../1-load/index.ts';
import { nearest, reportRender } from '../../diagnostics/index.ts';
import { canonicalKey } from '../config/keys.ts';
import { raise } from '../jinja/error.ts';
import { type Evaluator, ReturnSignal } from '../jinja/evaluator.ts';
import { textOf, truthy } from '../jinja/values/compare.ts';
import { fromData, toData } from '../jinja/values/json.ts';
import { Bag, NativeFunction as Native, type NativeFunction, native } from '../jinja/values/native.ts';
import { toText, typeName } from '../jinja/values/show.ts';
import { Dict, type Value } from '../jinja/values/value.ts';
import { contextOf, siteOf } from './node-context.ts';

function requireText(value: Value | undefined, callee: string): string {
  const text = textOf(value);
  return text ?? raise('CH205', { callee, problem: `needs text, not ${typeName(value as Value)}` });
}

const ref = native('ref', ['name', 'second?', 'version?', 'v?'], ([first, second, version, v], evaluator) => {
  if ((version ?? v ?? null) !== null) {
    raise('CH213', {
      name: 'a versioned ref',
      fix: 'Model versions are not supported; name the model itself.',
    });
  }
  const context = contextOf(evaluator);
  const name = requireText(second ?? first, 'ref');
  const project = second === undefined ? undefined : requireText(first, 'ref');
  return context.around.ref(context, name, project, siteOf(evaluator));
});

const source = native('source', ['source_name', 'table_name'], ([name, table], evaluator) => {
  const context = contextOf(evaluator);
  return context.around.source(context, requireText(name, 'source'), requireText(table, 'source'));
});

const readVariable = (
  evaluator: Evaluator,
  wanted: Value | undefined,
): { name: string; value: ConfigValue | undefined } => {
  const context = contextOf(evaluator);
  const name = requireText(wanted, 'var');
  context.reads.add(`var:${name}`);
  return { name, value: context.around.variable(name) };
};

const variable = new Native(
  'var',
  ['name', 'default?'],
  ([wanted, fallback], evaluator) => {
    const { name, value } = readVariable(evaluator, wanted);
    if (value !== undefined) return fromData(value);
    if (fallback !== undefined) return fallback;
    const close = nearest(name, contextOf(evaluator).around.variableNames());
    return raise('CH210', { name, ...(close !== undefined && { nearest: close }) });
  },
  new Map<string, Value>([
    [
      'has_var',
      native(
        'has_var',
        ['name'],
        ([wanted], evaluator) => readVariable(evaluator, wanted).value !== undefined,
      ),
    ],
  ]),
);

const environment = native('env_var', ['name', 'default?'], ([wanted, fallback], evaluator) => {
  const context = contextOf(evaluator);
  const name = requireText(wanted, 'env_var');
  context.reads.add(`env:${name}`);
  return context.around.environment(name) ?? fallback ?? raise('CH211', { name });
});

/** `config(...)`: prints nothing; its values are collected when the node's configuration is found out. */
const configure = (
  args: { positional: readonly Value[]; named: ReadonlyMap<string, Value> },
  evaluator: Evaluator,
): Value => {
  const context = contextOf(evaluator);
  if (context.mode !== 'config') return '';
  const span = evaluator.session.span(evaluator.templateId, evaluator.at.start, evaluator.at.end);
  const values: Record<string, Located<ConfigValue>> = {};
  const add = (key: string, value: Value) => {
    values[canonicalKey(key)] = { value: toData(value) as ConfigValue, span };
  };
  for (const argument of args.positional) {
    if (!(argument instanceof Dict))
      raise('CH205', { callee: 'config', problem: 'takes keyword arguments or a dict' });
    for (const [key, value] of argument.entries) add(toText(key), value);
  }
  for (const [key, value] of args.named) add(key, value);
  context.configCalls.push({ values });
  return '';
};

class ConfigFunction extends Native {
  override call(
    args: { positional: readonly Value[]; named: ReadonlyMap<string, Value> },
    evaluator: Evaluator,
  ): Value {
    return configure(args, evaluator);
  }
}

function configured(evaluator: Evaluator, key: Value | undefined): ConfigValue | undefined {
  return contextOf(evaluator).subject.config?.[canonicalKey(requireText(key, 'config.get'))];
}

const config: NativeFunction = new ConfigFunction(
  'config',
  ['**values'],
  () => '',
  new Map<string, Value>([
    [
      'get',
      native('config.get', ['name', 'default?', 'validator?'], ([key, fallback], evaluator) => {
        const value = configured(evaluator, key);
        return value === undefined || value === null ? (fallback ?? null) : fromData(value);
      }),
    ],
    [
      'require',
      native('config.require', ['name', 'validator?'], ([key], evaluator) => {
        const value = configured(evaluator, key);
        if (value !== undefined) return fromData(value);
        return raise('CH204', { problem: `config \`${toText(key as Value)}\` is required and not set` });
      }),
    ],
    [
      'set',
      native('config.set', ['name', 'value'], ([key, value], evaluator) => {
        return configure(
          { positional: [], named: new Map([[requireText(key, 'config.set'), value as Value]]) },
          evaluator,
        );
      }),
    ],
    [
      'meta_get',
      native('config.meta_get', ['name', 'default?'], ([key, fallback], evaluator) => {
        const meta = contextOf(evaluator).subject.config?.meta as Record<string, ConfigValue> | undefined;
        const value = meta?.[requireText(key, 'config.meta_get')];
        return value === undefined ? (fallback ?? null) : fromData(value);
      }),
    ],
    ['persist_relation_docs', native('persist_relation_docs', [], () => false)],
    ['persist_column_docs', native('persist_column_docs', [], () => false)],
  ]),
);

const isIncremental = native('is_incremental', [], (_args, evaluator) => {
  const context = contextOf(evaluator);
  context.asksIncremental = true;
  return context.subject.incremental;
});

const finish = native('return', ['value?'], ([value]) => {
  throw new ReturnSignal(value ?? null);
});

const warn = native('exceptions.warn', ['msg'], ([message], evaluator) => {
  const span = evaluator.session.span(evaluator.templateId, evaluator.at.start, evaluator.at.end);
  const context = contextOf(evaluator);
  if (context.mode === 'render') {
    context.warnings.push(
      reportRender('CH217', { message: toText(message ?? '') }, { span, node: context.subject.uniqueId }),
    );
  }
  return '';
});

const raiseError = native('exceptions.raise_compiler_error', ['msg', '*rest'], ([message]) =>
  raise('CH216', { message: toText(message ?? '') }),
);

const exceptions = Bag.of('exceptions', {
  raise_compiler_error: raiseError,
  raise_not_implemented: raiseError,
  raise_dependency_error: raiseError,
  raise_parsing_error: raiseError,
  raise_database_error: raiseError,
  raise_dbt_runtime_error: raiseError,
  warn,
});

const log = native('log', ['msg', 'info?'], ([message, info], evaluator) => {
  if (info !== undefined && truthy(info) && contextOf(evaluator).mode === 'render') {
    contextOf(evaluator).around.log(toText(message as Value));
  }
  return '';
});

const print = native('print', ['msg'], ([message], evaluator) => {
  if (contextOf(evaluator).mode === 'render') contextOf(evaluator).around.log(toText(message as Value));
  return '';
});

const doc = native('doc', ['name', 'second?'], ([first, second], evaluator) => {
  const context = contextOf(evaluator);
  const name = requireText(second ?? first, 'doc');
  context.reads.add(`doc:${name}`);
  return context.around.doc(name);
});

/** Functions that look at the project or at the node: dbt's names and signatures. */
export const projectFunctions: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['ref', ref],
  ['source', source],
  ['var', variable],
  ['env_var', environment],
  ['config', config],
  ['is_incremental', isIncremental],
  ['return', finish],
  ['exceptions', exceptions],
  ['log', log],
  ['print', print],
  ['doc', doc],
  ['builtins', Bag.of('builtins', { ref, source, config })],
  ['warn', warn],
]);
