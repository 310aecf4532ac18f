export { reportAudit } from './catalogue/audit.ts';
export { reportBind } from './catalogue/bind.ts';
export { reportCli } from './catalogue/cli.ts';
export { reportEmit } from './catalogue/emit.ts';
export { reportGraph } from './catalogue/graph.ts';
export { catalogue } from './catalogue/index.ts';
export { reportLoad } from './catalogue/load.ts';
export { reportMl } from './catalogue/ml.ts';
export { reportRender } from './catalogue/render.ts';
export { reportRun } from './catalogue/run.ts';
export {
  type Diagnostic,
  hasErrors,
  type RelatedSpan,
  type Severity,
  sortDiagnostics,
} from './diagnostic.ts';
export { type FormatOptions, formatDiagnostic } from './format.ts';
export { codeFrame } from './frame.ts';
export { didYouMean, entry, type MessageEntry, type MessageText } from './message.ts';
export { nearest } from './nearest.ts';
export { LineIndex, type Position, type Span } from './span.ts';
