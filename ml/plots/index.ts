/** Plots as pure functions from data to an SVG string, and to block characters for terminals. */
export { beeswarmSvg } from './beeswarm.ts';
export { calibrationSvg, gainSvg, liftSvg, type NamedCurve, precisionRecallSvg, rocSvg } from './curves.ts';
export { dependenceSvg } from './dependence.ts';
export { dependenceText } from './dependence-text.ts';
export { type FoldScore, foldStabilitySvg } from './folds.ts';
export { forceSvg } from './force.ts';
export { type ImportanceItem, importanceSvg } from './importance.ts';
export {
  beeswarmText,
  calibrationText,
  curveText,
  foldStabilityText,
  forceLine,
  forceText,
  importanceText,
  waterfallText,
} from './text.ts';
export type { PlotOptions } from './theme.ts';
export { waterfallSvg } from './waterfall.ts';
