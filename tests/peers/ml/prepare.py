"""Trains LightGBM on each case and writes data, model, scores and SHAP values for compare.mjs."""
import json
import sys
import warnings

import lightgbm as lgb
import numpy as np
import pandas as pd
import shap
from sklearn import datasets

warnings.filterwarnings('ignore')
out = sys.argv[1]
r = np.random.RandomState(7)


def mixed(n):
    """NaN, skew, integers and a categorical column."""
    frame = pd.DataFrame({f'g{j}': r.randn(n) for j in range(4)})
    frame['skew'] = np.exp(1.5 * r.randn(n))
    frame['gap'] = np.where(r.rand(n) < 0.3, np.nan, r.randn(n))
    frame['count'] = r.poisson(3, n).astype(float)
    frame['sparse'] = np.where(r.rand(n) < 0.9, 0.0, r.randn(n))
    frame['plan'] = pd.Categorical(r.choice(list('abcdefghijkl'), n))
    frame['tier'] = pd.Categorical(r.choice(['enterprise', 'mid', 'other'], n))
    effect = {c: v for c, v in zip('abcdefghijkl', r.randn(12))}
    f = frame.g0 + 0.7 * frame.g1 * frame.g2 + np.where(frame.gap.isna(), 0.8, 0.5 * frame.gap.fillna(0))
    f = f + 0.3 * np.log(frame['skew']) + frame.plan.map(effect).astype(float) + (frame.tier == 'mid') * 0.8 - 0.5
    return frame, f


def write(name, frame, y, params, rounds=25, weight=None, first_tree=True, explain=True):
    kinds, columns = [], []
    for column in frame.columns:
        values = frame[column]
        if isinstance(values.dtype, pd.CategoricalDtype):
            kinds.append({'name': column, 'dictionary': [str(c) for c in values.cat.categories]})
            columns.append(values.cat.codes.to_numpy().astype('f8'))
        else:
            kinds.append({'name': column})
            columns.append(values.to_numpy().astype('f8'))
    np.concatenate(columns).tofile(f'{out}/{name}.X')
    np.asarray(y, dtype='f8').tofile(f'{out}/{name}.y')
    if weight is not None:
        np.asarray(weight, dtype='f8').tofile(f'{out}/{name}.w')
    full = {'verbose': -1, 'num_threads': 2, 'deterministic': True, **params}
    train = lgb.Dataset(frame, y, weight=weight)
    seen = {}
    booster = lgb.train(full, train, rounds, valid_sets=[train], callbacks=[lgb.record_evaluation(seen)])
    booster.save_model(f'{out}/{name}.txt')
    booster.predict(frame, raw_score=True).astype('f8').tofile(f'{out}/{name}.raw')
    booster.predict(frame).astype('f8').tofile(f'{out}/{name}.pred')
    rows = frame.iloc[:300]
    meta = {'name': name, 'columns': kinds, 'rows': len(frame), 'params': params, 'rounds': rounds,
            'weighted': weight is not None, 'firstTree': first_tree, 'explain': explain,
            'metrics': [[m, v[-1]] for m, v in seen['training'].items()]}
    if explain:
        booster.predict(rows, pred_contrib=True).astype('f8').tofile(f'{out}/{name}.contrib')
        if not params['objective'].startswith('multiclass') and not any('dictionary' in k for k in kinds):
            explainer = shap.TreeExplainer(booster)
            np.asarray(explainer.shap_values(rows), dtype='f8').tofile(f'{out}/{name}.shap')
            # shap does not know zero_as_missing and use_missing: its own additivity fails there.
            plain = not {'zero_as_missing', 'use_missing'} & set(params)
            interactions = np.asarray(explainer.shap_interaction_values(rows.iloc[:40]), dtype='f8')
            interactions.tofile(f'{out}/{name}.interactions')
            meta['shap'] = True
            meta['interactions'] = plain
            if len(frame) >= 330 and not frame.isna().any().any():
                deep = shap.TreeExplainer(booster, frame.iloc[300:330], feature_perturbation='interventional')
                np.asarray(deep.shap_values(rows.iloc[:40]), dtype='f8').tofile(f'{out}/{name}.interventional')
                meta['interventional'] = True
    return meta


cases = []
for name, load in [('cancer', datasets.load_breast_cancer), ('wine2', datasets.load_wine), ('digits2', datasets.load_digits)]:
    bunch = load(as_frame=True)
    y = (bunch.target == (1 if name != 'digits2' else 8)).astype(float)
    cases.append(write(name, bunch.data, y, {'objective': 'binary', 'min_data_in_leaf': 10}))
diabetes = datasets.load_diabetes(as_frame=True)
cases.append(write('diabetes', diabetes.data, diabetes.target, {'objective': 'regression', 'lambda_l1': 1.0, 'lambda_l2': 2.0}))
iris = datasets.load_iris(as_frame=True)
cases.append(write('iris', iris.data, iris.target, {'objective': 'multiclass', 'num_class': 3, 'min_data_in_leaf': 5}))

frame, f = mixed(4000)
y = (r.rand(4000) < 1 / (1 + np.exp(-f))).astype(float)
numeric = frame.drop(columns=['plan', 'tier'])
cases.append(write('mixed', frame, y, {'objective': 'binary', 'num_leaves': 31}))
cases.append(write('onehot', frame.drop(columns=['plan']), y, {'objective': 'binary', 'num_leaves': 15}))
cases.append(write('nan', numeric, y, {'objective': 'binary', 'max_depth': 6}))
cases.append(write('zero', numeric, y, {'objective': 'binary', 'zero_as_missing': True}))
cases.append(write('nomissing', numeric, y, {'objective': 'binary', 'use_missing': False}))
cases.append(write('weights', numeric, y, {'objective': 'binary', 'is_unbalance': True}, weight=r.choice([1, 3, 10], 4000)))
cases.append(write('monotone', numeric, y, {'objective': 'binary', 'monotone_constraints': [1, 0, -1, 0, 1, 0, 0, 0]}))
cases.append(write('smooth', numeric, y, {'objective': 'binary', 'path_smooth': 5.0, 'max_delta_step': 0.4}))
cases.append(write('constrained', numeric, y, {'objective': 'binary', 'interaction_constraints': [[0, 1, 2], [3, 4, 5, 6, 7]]}))
cases.append(write('fewbins', numeric, y, {'objective': 'binary', 'max_bin': 15, 'min_data_in_bin': 20}))
cases.append(write('deep', numeric, y, {'objective': 'binary', 'num_leaves': 200, 'min_data_in_leaf': 2}, rounds=8))
cases.append(write('linear', numeric.drop(columns=['gap']), f, {'objective': 'regression', 'linear_tree': True}, first_tree=False, explain=False))
# Every other objective, with its own metric; weights too where leaves are renewed.
amount = np.exp(0.5 * f + 0.3 * r.randn(4000))
shared = {'num_leaves': 15}
for name, y, extra in [
    ('regression_l1', f + r.randn(4000), {}), ('huber', f + r.standard_cauchy(4000), {'alpha': 0.7}),
    ('fair', f + r.standard_cauchy(4000), {'fair_c': 1.5}), ('quantile', f + r.randn(4000), {'alpha': 0.3}),
    ('mape', 5 * f + r.randn(4000), {}), ('poisson', frame['count'], {}), ('gamma', amount, {'metric': ['gamma', 'gamma_deviance']}),
    ('tweedie', np.where(r.rand(4000) < 0.3, 0, amount), {'tweedie_variance_power': 1.3}),
    ('cross_entropy', 1 / (1 + np.exp(-f)), {}),
]:
    cases.append(write(name, numeric, y, {'objective': name, **shared, **extra}))
# (LightGBM takes the second derivative of weighted mape for constant, which it is not: not compared.)
for name in ('regression_l1', 'quantile', 'poisson'):
    y = frame['count'] if name == 'poisson' else 3 * f + r.randn(4000)
    cases.append(write(f'{name}_w', numeric, y, {'objective': name, **shared}, weight=r.choice([1, 3, 10], 4000)))
kinds = np.digitize(f, [-1, 0.5]).astype(float)
cases.append(write('multiclassova', numeric, kinds, {'objective': 'multiclassova', 'num_class': 3, **shared, 'sigmoid': 1.5}))
# What is scored and not trained.
cases.append(write('reg_sqrt', numeric, f, {'objective': 'regression', 'reg_sqrt': True}, first_tree=False))
cases.append(write('xentlambda', numeric, 1 / (1 + np.exp(-f)), {'objective': 'cross_entropy_lambda'}, first_tree=False))

json.dump(cases, open(f'{out}/cases.json', 'w'))
