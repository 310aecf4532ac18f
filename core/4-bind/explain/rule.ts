import type { Diagnostic } from '../../diagnostics/index.ts';
import type { EngineError } from '../engine/error.ts';
import type { Site } from './site.ts';

/** What rules may use besides the error and its site. */
export interface ExplainContext {
  /** `ref('orders')` for the name of a table of the project. */
  readonly reference: (name: string) => string | undefined;
  /** The relation of the project whose name is most like this one. */
  readonly nearestRelation: (name: string) => string | undefined;
}

/** Turns one kind of DuckDB error into a diagnostic; undefined when the error is not of its kind. */
export type Rule = (error: EngineError, site: Site, context: ExplainContext) => Diagnostic | undefined;
