import { isAbsolute, relative } from 'node:path';
import type { RenderedNode, RenderedTest, SourceMap } from '../2-render/index.ts';
import { type Diagnostic, type RelatedSpan, reportRun, type Span } from '../diagnostics/index.ts';
import type { EngineError } from './adapters/engine-error.ts';
import { installDriver } from './adapters/fabric/tds/driver.ts';
import { originalOffset } from './plan/filter-inputs.ts';
import type { NodeStep, Statement, TestStep } from './plan/plan.ts';

/** Opening a database failed: what the user is told. */
export function diagnoseOpening(error: EngineError, location: string): Diagnostic {
  const { kind, message: reason, pid } = error.info;
  switch (kind) {
    case 'locked':
      return reportRun('CH701', { path: location, pid });
    case 'corrupt':
      return reportRun('CH702', { path: location, reason });
    case 'disk-full':
      return reportRun('CH704', { what: location, reason });
    case 'out-of-memory':
      return reportRun('CH705', { what: `opening ${location}`, reason });
    case 'option':
      return reportRun('CH730', { reason });
    case 'fatal':
      return reportRun('CH706', { what: `opening ${location}`, reason });
    default:
      return reportRun('CH703', { path: location, reason });
  }
}

/** Opening a Spark target failed. */
export function diagnoseSparkOpening(error: EngineError, target: string, location: string): Diagnostic {
  const { kind, message: reason } = error.info;
  if (kind === 'option') return reportRun('CH744', { target });
  const path = `Spark at ${location}`;
  return remote(error, `opening ${location}`, path) ?? reportRun('CH740', { path, reason });
}

/** Opening a Fabric target failed. */
export function diagnoseFabricOpening(error: EngineError, target: string): Diagnostic {
  const { kind, message: reason } = error.info;
  if (kind === 'driver') return reportRun('CH747', { target, install: installDriver });
  if (kind === 'option') return reportRun('CH748', { target, missing: reason });
  if (kind === 'collation') return reportRun('CH749', { target, collation: reason });
  const path = `the warehouse of target ${target}`;
  return remote(error, `opening ${path}`, path) ?? reportRun('CH740', { path, reason });
}

/** What only engines over the network do. */
function remote(
  { info: { kind, message: reason } }: EngineError,
  what: string,
  location: string,
  place?: { readonly span: Span; readonly node: string },
): Diagnostic | undefined {
  if (kind === 'connection') return reportRun('CH740', { path: location, reason }, place);
  if (kind === 'session-lost') return reportRun('CH741', { what, reason }, place);
  return kind === 'access' ? reportRun('CH742', { path: location, reason }, place) : undefined;
}

/** Object storage failed as a place to publish to, for every table alike; undefined: for this one only. */
export function diagnosePlace({ info }: EngineError, location: string): Diagnostic | undefined {
  // An address may hold a signature, where people put it against advice.
  const path = location.replace(/[?#].*$/s, '');
  const { kind, message: reason } = info;
  if (kind === 'option') return reportRun('CH760', { path, reason });
  if (kind === 'connection') return reportRun('CH761', { path, reason });
  return kind === 'access' ? reportRun('CH762', { path, reason }) : undefined;
}

/** A failed statement of a node or test: where in the user's files, and why. `root` shortens data file paths. */
export function diagnoseStatement(
  error: EngineError,
  step: NodeStep | TestStep,
  statement: Statement | undefined,
  root: string,
): Diagnostic {
  const { kind, message: reason } = error.info;
  const what = `${step.kind} ${step.name}`;
  const place = { ...locate(error, step, statement), node: step.uniqueId };
  const lost = remote(error, what, 'the target', place);
  if (lost !== undefined) return lost;
  switch (kind) {
    case 'disk-full':
      return reportRun('CH704', { what, reason }, place);
    case 'out-of-memory':
      return reportRun('CH705', { what, reason }, place);
    case 'corrupt':
      return reportRun('CH702', { path: 'of the target', reason }, place);
    case 'permission':
      return reportRun('CH703', { path: 'of the target', reason }, place);
    case 'fatal':
      return reportRun('CH706', { what, reason }, place);
    case 'broken-file':
      return reportRun(
        'CH723',
        { what, reason: oneLine(reason) },
        { ...place, ...dataFilePlace(error, place, root) },
      );
    case 'missing-file':
      if (step.kind === 'source' && step.node.kind === 'source') {
        const location = step.node.location ?? '';
        return reportRun(
          'CH724',
          { source: step.name, location },
          { ...place, span: step.node.table.location?.span },
        );
      }
      break;
    default:
  }
  if (statement?.onError === 'CH727' && step.kind !== 'test') {
    const key = step.node.kind === 'source' ? '' : step.node.config.uniqueKey.join(', ');
    return reportRun('CH727', { what, key }, place);
  }
  if (statement?.hook) return reportRun('CH728', { hook: what, reason }, place);
  if (step.kind === 'test') return reportRun('CH726', { test: step.name, reason }, place);
  return reportRun('CH720', { what, reason }, place);
}

function locate(
  error: EngineError,
  step: NodeStep | TestStep,
  statement: Statement | undefined,
): { span: Span; related?: readonly RelatedSpan[] } {
  const node: { span: Span } = step.kind === 'test' ? step.test : step.node;
  const map = mapOf(step, statement);
  const { position } = error.info;
  if (map === undefined || position === undefined || statement?.body === undefined)
    return { span: node.span };
  const origin =
    position < statement.body.at
      ? undefined
      : map.originOf(originalOffset(statement.body.edits ?? [], position - statement.body.at));
  if (origin === undefined) return { span: node.span };
  const related = origin.frames.map((frame) => ({
    span: frame.callSite,
    message: `in macro \`${frame.macro}\`, called here`,
  }));
  return { span: origin.span, related };
}

function mapOf(step: NodeStep | TestStep, statement: Statement | undefined): SourceMap | undefined {
  const node: RenderedNode | RenderedTest | undefined =
    step.kind === 'test' ? step.test : step.node.kind === 'source' ? undefined : step.node;
  if (node === undefined) return undefined;
  return node.kind !== 'test' && statement?.body?.of === 'incremental' ? node.incremental?.map : node.map;
}

/** The line of the data file, with the node that reads it as the related place. */
function dataFilePlace(
  error: EngineError,
  place: { readonly span: Span },
  root: string,
): { span?: Span; related?: readonly RelatedSpan[] } {
  const { file, line } = error.info;
  if (file === undefined) return {};
  const inside = isAbsolute(file) ? relative(root, file) : file;
  const position = { offset: 0, line: line ?? 1, column: 1 };
  const span = {
    file: inside.startsWith('..') ? file : inside.replaceAll('\\', '/'),
    start: position,
    end: position,
  };
  return { span, related: place.span.file === span.file ? [] : [{ span: place.span, message: 'read here' }] };
}

/** DuckDB's CSV errors take several lines, the first of which repeats the line number. */
function oneLine(reason: string): string {
  return reason
    .split('\n')
    .filter((line) => !/^(CSV Error on Line|Possible|\*)/.test(line))
    .join('; ')
    .replace(/^Original Line: (.*?); /, 'line `$1`: ');
}
