import { MlError } from '../error.ts';
import { nearest } from '../nearest.ts';
import { aliases } from './aliases.ts';
import { type NotHere, unsupported, withoutEffect } from './not-here.ts';
import type { TrainParams } from './params.ts';

/** Objectives and boosters that LightGBM has and this trainer has not. */
const refusedWords: Readonly<Record<string, NotHere>> = {
  dart: { because: 'there is no DART boosting' },
  rf: { because: 'random forests are read and scored, not trained', aliases: ['random_forest'] },
  lambdarank: { because: 'there is no ranking objective' },
  rank_xendcg: {
    because: 'there is no ranking objective',
    aliases: ['xendcg', 'xe_ndcg', 'xe_ndcg_mart', 'xendcg_mart'],
  },
  cross_entropy_lambda: { because: 'such models are read and scored, not trained', aliases: ['xentlambda'] },
  custom: {
    because: 'the option `customObjective` takes a loss of your own',
    aliases: ['none', 'null', 'na'],
  },
};

/** LightGBM's newer way to say `boosting: goss`. */
export function withSampling({ data_sample_strategy: strategy, ...given }: TrainParams): TrainParams {
  if (strategy === undefined || strategy === 'bagging') return given;
  const others = ['boosting', ...(aliases.boosting ?? [])].filter((name) => given[name] !== undefined);
  if (strategy !== 'goss' || others.some((name) => !['gbdt', 'gbrt', 'goss'].includes(String(given[name])))) {
    throw new MlError(
      'CH803',
      `Parameter \`data_sample_strategy\` is ${JSON.stringify(strategy)}; it takes one of bagging, goss, and goss with boosting gbdt.`,
    );
  }
  return {
    ...Object.fromEntries(Object.entries(given).filter(([name]) => !others.includes(name))),
    boosting: 'goss',
  };
}

/** A name that LightGBM knows, or one of its aliases, in a table. */
function named(table: Readonly<Record<string, NotHere>>, key: string): NotHere | undefined {
  return Object.hasOwn(table, key)
    ? table[key]
    : Object.values(table).find((entry) => entry.aliases?.includes(key));
}

export function asksNothing(key: string, value: unknown): boolean {
  if (named(withoutEffect, key) !== undefined) return true;
  const idle = named(unsupported, key)?.idle ?? [];
  const isEmpty = value === null || (Array.isArray(value) && value.length === 0);
  return idle.includes(value) || (isEmpty && idle.includes(''));
}

export function unknownParameter(key: string, known: Iterable<string>): MlError {
  const refused = named(unsupported, key);
  if (refused !== undefined) {
    return new MlError(
      'CH802',
      `LightGBM's parameter \`${key}\` is not supported: ${refused.because}.`,
      'Remove it.',
    );
  }
  const like = nearest(key, known);
  return new MlError(
    'CH801',
    `There is no training parameter \`${key}\`.`,
    like === undefined ? 'See docs/ml/parameters.md.' : `Did you mean \`${like}\`?`,
  );
}

/** Why an objective or booster that LightGBM has is not here. */
export function refusedWord(name: string, value: unknown): MlError | undefined {
  if (name !== 'objective' && name !== 'boosting') return undefined;
  const refusal = named(refusedWords, String(value));
  if (refusal === undefined) return undefined;
  return new MlError('CH802', `LightGBM's ${name} \`${value}\` is not supported: ${refusal.because}.`);
}
