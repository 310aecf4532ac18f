import { MlError } from '../error.ts';
import type { Dataset } from './dataset.ts';
import { modelName } from './feature-name.ts';

/** Throws CH805 or CH807 when lengths differ, names repeat, codes are out of range or weights impossible. */
export function checkDataset(data: Dataset): void {
  if (!(Number.isInteger(data.rows) && data.rows > 0)) {
    throw new MlError('CH805', 'The data set has no rows.', 'Check the filter that selects the rows.');
  }
  const names = new Map<string, string>();
  for (const column of data.features) {
    if (column.name === '') throw new MlError('CH805', 'A feature has no name.', 'Name every feature.');
    const name = modelName(column.name);
    const other = names.get(name);
    if (other === column.name) throw new MlError('CH805', `Two features are named \`${column.name}\`.`);
    if (other !== undefined) {
      throw new MlError(
        'CH805',
        `The features \`${other}\` and \`${column.name}\` have one name in a model file, where blanks are underscores.`,
        'Rename one of them.',
      );
    }
    names.set(name, column.name);
    const values = column.kind === 'numeric' ? column.values : column.codes;
    checkLength(`feature \`${column.name}\``, values.length, data.rows);
    if (column.kind === 'categorical') checkCodes(column.name, column.codes, column.dictionary.length);
  }
  for (const key of ['label', 'weight', 'predictionTime', 'labelKnownAt', 'eventTime', 'entity'] as const) {
    const values = data[key];
    if (values !== undefined) checkLength(`\`${key}\``, values.length, data.rows);
  }
  if (data.initScore !== undefined && data.initScore.length % data.rows !== 0) {
    throw new MlError('CH805', 'initScore has neither one value a row nor one a row and class.');
  }
  for (const group of data.groups ?? []) {
    checkLength(`group \`${group.name}\``, group.codes.length, data.rows);
    checkCodes(group.name, group.codes, group.values.length);
  }
  if (data.weight !== undefined) checkWeights(data.weight);
}

function checkLength(what: string, found: number, rows: number): void {
  if (found !== rows) throw new MlError('CH805', `The ${what} has ${found} values for ${rows} rows.`);
}

function checkCodes(name: string, codes: Int32Array, size: number): void {
  for (const code of codes) {
    if (code < -1 || code >= size) {
      throw new MlError('CH805', `Column \`${name}\` has code ${code}, its dictionary ${size} entries.`);
    }
  }
}

function checkWeights(weight: Float64Array): void {
  let sum = 0;
  for (const w of weight) {
    if (!(w >= 0) || w === Infinity) {
      throw new MlError('CH807', `A weight is ${w}.`, 'Weights are finite and not negative.');
    }
    sum += w;
  }
  if (sum === 0) throw new MlError('CH807', 'All weights are zero.', 'Give at least one row a weight.');
}
