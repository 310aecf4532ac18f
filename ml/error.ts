/**
 * A mistake in data, parameters or a model file, with a stable code of the CH8xx family.
 *
 * @example
 * try { await train(data, { num_leafs: 31 } as TrainParams); } catch (error) {
 *   if (error instanceof MlError) console.error(error.code, error.message, error.fix);
 * }
 */
export class MlError extends Error {
  override readonly name = 'MlError';

  constructor(
    /** `CH8xx`; docs/diagnostics has a page for each. */
    readonly code: MlCode,
    message: string,
    /** What to type instead. */
    readonly fix?: string,
  ) {
    super(message);
  }
}

/** Every code the numeric module can raise. */
export type MlCode =
  | 'CH801' // unknown training parameter
  | 'CH802' // a LightGBM parameter that is not supported
  | 'CH803' // a parameter's value is outside its range
  | 'CH804' // parameters contradict each other
  | 'CH805' // the data set is malformed: lengths, duplicate names, no rows
  | 'CH806' // the labels do not fit the objective
  | 'CH807' // the weights are negative, NaN or all zero
  | 'CH808' // a column the model needs is missing or of the wrong kind
  | 'CH809' // the model text cannot be read
  | 'CH810' // the model cannot be explained exactly (linear trees, missing counts)
  | 'CH811' // a fold has no rows or one class
  | 'CH812' // early stopping without validation data
  | 'CH813' // calibration or threshold needs both classes
  | 'CH814' // training was interrupted
  | 'CH815'; // a worker died or memory ran out
