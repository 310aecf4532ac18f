import { describe, expect, test } from 'vitest';
import { MlError, resolveParams, type TrainParams } from '../../../ml/index.ts';
import { aliases } from '../../../ml/training/aliases.ts';
import { defaultParams } from '../../../ml/training/defaults.ts';
import { unsupported, withoutEffect } from '../../../ml/training/not-here.ts';

const caught = (run: () => unknown): MlError => {
  try {
    run();
  } catch (error) {
    if (error instanceof MlError) return error;
  }
  throw new Error('nothing was refused');
};

describe('parameters', () => {
  test('defaults are LightGBM’s', () => {
    expect(resolveParams({})).toMatchObject({
      num_leaves: 31,
      learning_rate: 0.1,
      min_data_in_leaf: 20,
      max_bin: 255,
    });
  });

  test.each(
    Object.entries(aliases).flatMap(([name, others]) => others.map((alias) => [alias, name] as const)),
  )('%s is %s', (alias, name) => {
    const value = defaultParams[name as 'seed'];
    expect(resolveParams({ [alias]: value })[name as 'seed']).toEqual(value);
  });

  test('the canonical name wins over an alias', () => {
    expect(resolveParams({ n_estimators: 5, num_iterations: 7 }).num_iterations).toBe(7);
    expect(resolveParams({ num_iterations: 7, n_estimators: 5 }).num_iterations).toBe(7);
  });

  test('an unknown name is refused with the nearest known one', () => {
    expect(caught(() => resolveParams({ min_data_in_leafs: 3 }))).toMatchObject({
      code: 'CH801',
      fix: 'Did you mean `min_data_in_leaf`?',
    });
  });

  test.each(Object.keys(unsupported))('LightGBM’s %s is refused by name', (name) => {
    for (const alias of [name, ...(unsupported[name]?.aliases ?? [])]) {
      expect(caught(() => resolveParams({ [alias]: 'of its own' }))).toMatchObject({ code: 'CH802' });
      for (const idle of unsupported[name]?.idle ?? []) resolveParams({ [alias]: idle });
    }
  });

  test('what changes time and memory only is taken', () => {
    for (const name of Object.keys(withoutEffect)) resolveParams({ [name]: true });
  });

  test.each([
    [{ objective: 'lambdarank' }, 'ranking'],
    [{ boosting: 'dart' }, 'DART'],
    [{ boosting_type: 'rf' }, 'random forests'],
  ])('%o is refused by name', (params, why) => {
    const error = caught(() => resolveParams(params as TrainParams));
    expect(error.code).toBe('CH802');
    expect(error.message).toContain(why);
  });

  test('one-side sampling may be said LightGBM’s newer way', () => {
    expect(resolveParams({ boosting: 'gbdt', data_sample_strategy: 'goss' }).boosting).toBe('goss');
    expect(resolveParams({ boosting_type: 'gbdt', data_sample_strategy: 'bagging' }).boosting).toBe('gbdt');
    expect(caught(() => resolveParams({ data_sample_strategy: 'all' })).code).toBe('CH803');
  });

  test.each<TrainParams>([
    { objective: 'quantile', alpha: 1 },
    { objective: 'tweedie', tweedie_variance_power: 2 },
    { objective: 'l1', monotone_constraints: [1] },
    { objective: 'ova' },
  ])('%o contradicts itself', (params) => {
    expect(caught(() => resolveParams(params)).code).toBe('CH804');
  });

  test.each<TrainParams>([
    { num_leaves: 1 },
    { num_leaves: 3.5 },
    { bagging_fraction: 0 },
    { application: 'ranking' },
    { metrics: ['speed'] },
    { num_class: 0 },
    { mc: [2] },
  ])('%o is out of range', (params) => {
    expect(caught(() => resolveParams(params)).code).toBe('CH803');
  });

  test('metrics may be aliases and a comma-separated list', () => {
    expect(resolveParams({ metrics: 'ap, auc,mse' }).metric).toEqual(['average_precision', 'auc', 'l2']);
  });
});
