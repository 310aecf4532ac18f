"""Inputs at the edges, as LightGBM's and scikit-learn's own suites have them (test_engine.py, test_basic.py,
_hist_gradient_boosting/tests): writes the data, LightGBM's raw scores or its refusal, for edges.mjs."""
import json
import sys
import warnings

import lightgbm as lgb
import numpy as np

warnings.filterwarnings('ignore')
out = sys.argv[1]
r = np.random.RandomState(11)
n = 600
x = r.randn(n, 4)
y = (x[:, 0] + 0.5 * x[:, 1] + 0.5 * r.randn(n) > 0).astype(float)
nan = np.full(n, np.nan)
cases = []


def case(name, X, label=y, weight=None, test=None, rounds=10, valid=None, categorical=(), **params):
    X = np.asarray(X, dtype='f8').reshape(len(label), -1)
    test = X if test is None else np.asarray(test, dtype='f8').reshape(-1, X.shape[1])
    np.ascontiguousarray(X.T).tofile(f'{out}/edge-{name}.X')
    np.ascontiguousarray(test.T).tofile(f'{out}/edge-{name}.T')
    np.asarray(label, dtype='f8').tofile(f'{out}/edge-{name}.y')
    if weight is not None:
        np.asarray(weight, dtype='f8').tofile(f'{out}/edge-{name}.w')
    meta = {'name': name, 'columns': X.shape[1], 'weighted': weight is not None, 'rounds': rounds,
            'params': {'objective': 'binary', **params}, 'categorical': list(categorical)}
    full = {'objective': 'binary', 'verbose': -1, 'num_threads': 1, 'deterministic': True, **params}
    try:
        train = lgb.Dataset(X, np.asarray(label), weight=weight, categorical_feature=list(categorical))
        sets = {}
        if valid is not None:
            vx, vy = valid
            np.ascontiguousarray(np.asarray(vx, dtype='f8').T).tofile(f'{out}/edge-{name}.VX')
            np.asarray(vy, dtype='f8').tofile(f'{out}/edge-{name}.Vy')
            sets = {'valid_sets': [lgb.Dataset(vx, vy, reference=train)]}
            meta['valid'] = True
        booster = lgb.train(full, train, rounds, **sets)
        meta['best'] = booster.best_iteration if valid is not None else booster.current_iteration()
        booster.save_model(f'{out}/edge-{name}.txt', num_iteration=-1)
        booster.predict(test, raw_score=True).astype('f8').tofile(f'{out}/edge-{name}.raw')
    except Exception as error:  # noqa: BLE001
        meta['refused'] = str(error)[:160]
    cases.append(meta)


infinite = x.copy()
infinite[::7, 0] = np.inf
infinite[::11, 0] = -np.inf
gaps = x.copy()
gaps[r.rand(n, 4) < 0.3] = np.nan
levels = r.randint(0, 2000, n).astype(float)
noise = r.rand(n).round()

case('all-missing', np.column_stack([x, nan]))
case('only-missing', nan)
case('constant', np.column_stack([x, np.full(n, 3.0)]))
case('only-constant', np.full(n, 3.0))
case('one-class', x, np.ones(n))
case('other-class', x, np.zeros(n))
case('one-row', [[1.0, 2.0]], [1.0])
case('two-rows', [[1.0], [2.0]], [0.0, 1.0], min_data_in_leaf=1, min_data_in_bin=1)
case('three-rows', [[1.0], [2.0], [3.0]], [0.0, 1.0, 1.0])
case('tiny', x[:30], y[:30], min_data_in_leaf=1)
case('leaf-larger-than-data', x, min_data_in_leaf=10000)
case('infinite', infinite, test=[[np.inf, 0, 0, 0], [-np.inf, 0, 0, 0], [np.nan, 0, 0, 0], [1e308, 1, 1, 1]])
case('huge-values', x * 1e300)
case('tiny-values', x * 1e-300)
case('denormal', x * 1e-310)
case('big-integers', np.floor(x * 2.0**52))
case('gaps', gaps)
case('gaps-in-test-only', x, test=gaps)
case('gaps-in-train-only', gaps, test=x)
case('zero-as-missing', np.where(r.rand(n, 4) < 0.4, 0, x), test=gaps, zero_as_missing=True)
case('no-missing', gaps, use_missing=False)
case('weights-extreme', x, weight=np.where(y > 0, 1e8, 1e-8))
case('weights-tiny', x, weight=np.full(n, 1e-9))
case('weights-some-zero', x, weight=(r.rand(n) < 0.5).astype(float))
case('weights-negative', x, weight=np.where(r.rand(n) < 0.5, -1.0, 1.0))
case('max-bin-2', x, max_bin=2)
case('max-bin-3', x, max_bin=3)
case('max-bin-4095', x, max_bin=4095, min_data_in_bin=1)
case('max-bin-65535', x, max_bin=65535, min_data_in_bin=1)
case('two-leaves', x, num_leaves=2)
case('depth-1', x, max_depth=1)
case('many-leaves', x, num_leaves=1000, min_data_in_leaf=1, min_sum_hessian_in_leaf=0.0, rounds=2)
case('min-gain', x, min_gain_to_split=1e6)
case('no-rounds', x, rounds=0)
case('lambda-huge', x, lambda_l2=1e12)
case('l1-huge', x, lambda_l1=1e6)
case('rate-1e-10', x, learning_rate=1e-10)
case('rate-5', x, learning_rate=5.0, rounds=5)
case('stops-at-once', x, valid=(x, 1 - y), early_stopping_round=3, metric='binary_logloss', rounds=30)
case('stops-never', x, valid=(x, y), early_stopping_round=3, metric='binary_logloss', rounds=10)
case('categories-2000', np.column_stack([levels, x]), categorical=[0], min_data_per_group=1, cat_smooth=1)
case('categories-sparse-codes', np.column_stack([r.choice([0, 7, 1000, 65000], n), x]), categorical=[0], min_data_per_group=1)
case('categories-negative', np.column_stack([r.choice([-1.0, 0, 1, 2], n), x]), categorical=[0], min_data_per_group=1)
case('categories-unseen', np.column_stack([r.choice([0.0, 1, 2], n), x]), test=np.column_stack([r.choice([0.0, 5, np.nan], n), x]), categorical=[0], min_data_per_group=1)
case('category-one', np.column_stack([np.zeros(n), x]), categorical=[0])
case('category-missing', np.column_stack([nan, x]), categorical=[0])
case('labels-nan', x, np.where(r.rand(n) < 0.1, np.nan, y))
case('labels-2', x, np.where(r.rand(n) < 0.1, 2.0, y))
case('regression-constant', x, np.full(n, 7.0), objective='regression')
case('regression-huge', x, x[:, 0] * 1e20, objective='regression')
case('regression-nan', x, np.where(r.rand(n) < 0.1, np.nan, x[:, 0]), objective='regression')
case('poisson-negative', x, x[:, 0], objective='poisson')
case('poisson-zeros', x, np.zeros(n), objective='poisson')
case('gamma-zero', x, np.abs(np.round(x[:, 0])), objective='gamma')
case('multiclass-absent', x, np.where(x[:, 0] > 0, 2.0, 0.0), objective='multiclass', num_class=3)
case('multiclass-labels', x, np.round(np.abs(x[:, 0])) + 3, objective='multiclass', num_class=3)
case('quantile-median', x, x[:, 0] + x[:, 1], objective='quantile', alpha=0.5)
case('duplicates', np.repeat(x[:60], 10, axis=0), np.repeat(y[:60], 10))
case('monotone-against', x, monotone_constraints=[-1, 0, 0, 0])
case('monotone-length', x, monotone_constraints=[1])
json.dump(cases, open(f'{out}/edges.json', 'w'))
