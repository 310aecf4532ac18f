"""Ten data sets, five splits each: writes train and test halves and LightGBM's held-out AP and AUC for quality.mjs."""
import json
import sys
import warnings

import lightgbm as lgb
import numpy as np
from sklearn import datasets
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.model_selection import train_test_split

warnings.filterwarnings('ignore')
out = sys.argv[1]
r = np.random.RandomState(3)


def gaps(n):
    X = r.randn(n, 10)
    X[r.rand(n, 10) < 0.2] = np.nan
    f = np.nan_to_num(X[:, 0]) + np.isnan(X[:, 1]) * 1.2 + np.nan_to_num(X[:, 2] * X[:, 3]) - 0.8
    return X, r.rand(n) < 1 / (1 + np.exp(-f))


def rare(n):
    X = np.exp(r.randn(n, 8))
    f = -4.5 + 1.2 * np.log(X[:, 0]) + 0.8 * (X[:, 1] > 2) + 0.5 * np.log(X[:, 2]) * (X[:, 3] > 1)
    return X, r.rand(n) < 1 / (1 + np.exp(-f))


def sklearn_set(load, positive):
    bunch = load()
    return bunch.data, positive(bunch.target)


sets = {
    'breast cancer': sklearn_set(datasets.load_breast_cancer, lambda y: y == 1),
    'wine': sklearn_set(datasets.load_wine, lambda y: y == 1),
    'digits, 8': sklearn_set(datasets.load_digits, lambda y: y == 8),
    'iris, versicolor': sklearn_set(datasets.load_iris, lambda y: y == 1),
    'diabetes, above median': sklearn_set(datasets.load_diabetes, lambda y: y > np.median(y)),
    'Hastie 10.2': (lambda pair: (pair[0], pair[1] > 0))(datasets.make_hastie_10_2(6000, random_state=1)),
    'moons': (lambda pair: (pair[0], pair[1] > 0))(datasets.make_moons(4000, noise=0.35, random_state=1)),
    'Friedman 1': (lambda pair: (pair[0], pair[1] > 16))(datasets.make_friedman1(4000, noise=3, random_state=1)),
    'gaps, 20 % missing': gaps(5000),
    'rare, 2 % positive, skewed': rare(12000),
}
params = {'objective': 'binary', 'verbose': -1, 'num_threads': 2, 'learning_rate': 0.05, 'num_leaves': 15}
rounds = 80
index = []
for name, (X, y) in sets.items():
    for seed in range(5):
        a, b, ya, yb = train_test_split(np.asarray(X, 'f8'), np.asarray(y, 'f8'), test_size=0.4, random_state=seed, stratify=y)
        p = lgb.train(params, lgb.Dataset(a, ya), rounds).predict(b)
        key = f'quality-{len(index)}'
        for part, matrix, label in (('train', a, ya), ('test', b, yb)):
            np.ascontiguousarray(matrix.T).tofile(f'{out}/{key}-{part}.X')
            label.tofile(f'{out}/{key}-{part}.y')
        index.append({'name': name, 'key': key, 'ap': average_precision_score(yb, p), 'auc': roc_auc_score(yb, p)})
json.dump({'params': params, 'rounds': rounds, 'runs': index}, open(f'{out}/quality.json', 'w'))
