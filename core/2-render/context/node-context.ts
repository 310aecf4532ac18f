import type { ConfigValue, Located } from '../../1-load/index.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import type { Site } from '../compile/mapped-sql.ts';
import type { Context, Evaluator } from '../jinja/evaluator.ts';
import { PyObject, type Value } from '../jinja/values/value.ts';
import type { ProjectMacro } from '../macros/table.ts';
import { DateTime } from './date-time.ts';
import type { RelationValue } from './relation-value.ts';

/**
 * Why a template is evaluated. `config`: only to learn what `config()` says; references are not followed and
 * `execute` is false. `render`: for its SQL.
 */
export type Mode = 'config' | 'render';

/** What a node's template may ask of the project; implemented by the rendering of the whole project. */
export interface Surroundings {
  readonly globals: ReadonlyMap<string, Value>;
  readonly macros: ReadonlyMap<string, ProjectMacro>;
  /** @throws RenderError when there is no such node */
  ref(context: NodeContext, name: string, project: string | undefined, site: Site): RelationValue;
  source(context: NodeContext, source: string, table: string): RelationValue;
  variable(name: string): ConfigValue | undefined;
  variableNames(): Iterable<string>;
  environment(name: string): string | undefined;
  doc(name: string): string;
  log(message: string): void;
  startedAt(): Date;
}

/** The node whose template is evaluated. */
export interface Subject {
  readonly uniqueId: string;
  readonly name: string;
  /** Names that only this node sees: `this`, `model`, a test's arguments. Made when first read. */
  readonly own: ReadonlyMap<string, () => Value>;
  /** Merged configuration, for `config.get`; undefined while it is being found out. */
  readonly config?: Readonly<Record<string, ConfigValue>>;
  readonly incremental: boolean;
}

/** One `config()` call: its values, each at the place of the call. */
export interface ConfigCall {
  readonly values: Readonly<Record<string, Located<ConfigValue>>>;
}

/** dbt's `context`: the context as a mapping, for macros that are called by a computed name. */
class ContextDict extends PyObject {
  readonly typeName = 'context';

  constructor(readonly context: NodeContext) {
    super();
  }

  override item(key: Value): Value | undefined {
    return typeof key === 'string' ? this.context.get(key) : undefined;
  }

  override attributeNames(): readonly string[] {
    return [...this.context.names()];
  }
}

/** Names visible to one node's template, and a record of everything it used. */
export class NodeContext implements Context {
  /** unique_ids in order of first use. */
  readonly dependsOn: string[] = [];
  /** Ephemeral models referred to, with the place of the first reference. */
  readonly ephemerals = new Map<string, Site>();
  readonly macrosUsed = new Set<string>();
  /** Keys of everything read from outside (`var:x`, `env:X`, `macro:m`, `ref:id`), for the cache. */
  readonly reads = new Set<string>();
  readonly warnings: Diagnostic[] = [];
  readonly configCalls: ConfigCall[] = [];
  asksIncremental = false;
  readonly #made = new Map<string, Value>();

  constructor(
    readonly around: Surroundings,
    readonly subject: Subject,
    readonly mode: Mode,
  ) {}

  get(name: string): Value | undefined {
    const own = this.subject.own.get(name);
    if (own) {
      let value = this.#made.get(name);
      if (value === undefined) {
        value = own();
        this.#made.set(name, value);
      }
      return value;
    }
    if (name === 'execute') return this.mode === 'render';
    if (name === 'run_started_at' || name === 'invocation_id') this.reads.add('clock:');
    if (name === 'run_started_at') return new DateTime(this.around.startedAt().getTime(), 'datetime', true);
    if (name === 'context') return new ContextDict(this);
    return this.macro(name) ?? this.around.globals.get(name);
  }

  /** A macro of the project; whether it exists is recorded too, so that adding one is noticed. */
  macro(name: string): Value | undefined {
    const found = this.around.macros.get(name);
    this.reads.add(`macro:${name}`);
    if (!found) return undefined;
    this.macrosUsed.add(found.uniqueId);
    return found.macro;
  }

  *names(): Iterable<string> {
    yield* this.subject.own.keys();
    yield* this.around.macros.keys();
    yield* this.around.globals.keys();
  }

  depend(uniqueId: string): void {
    if (!this.dependsOn.includes(uniqueId)) this.dependsOn.push(uniqueId);
  }
}

/** The node context of an evaluator; every evaluator of 2-render has one. */
export function contextOf(evaluator: Evaluator): NodeContext {
  return evaluator.context as NodeContext;
}

/** Where the evaluator stands, as the site of generated text. */
export function siteOf(evaluator: Evaluator): Site {
  return {
    template: evaluator.templateId,
    start: evaluator.at.start,
    end: evaluator.at.end,
    frame: evaluator.frame,
  };
}
