"""The peers of bench/ml.mjs: makes data, trains LightGBM, scores and explains. Prints one JSON line."""
import json
import resource
import sys
import time

import numpy as np


def data(rows, prefix, seed):
    """40 columns: normals, heavy tails, gaps, counts, sparse, flags and codes; the label depends on a dozen of them."""
    r = np.random.RandomState(seed)
    X = np.empty((40, rows))
    z = r.randn(3, rows)
    for j in range(12): X[j] = r.randn(rows)
    for j in range(12, 16): X[j] = 0.7 * z[0] + 0.7 * r.randn(rows)
    for j in range(16, 20): X[j] = np.exp(0.8 * z[1] + 0.6 * r.randn(rows))
    for j in range(20, 24): X[j] = np.where(r.rand(rows) < 0.25 + 0.1 * (j - 20), np.nan, 0.6 * z[2] + r.randn(rows))
    for j, rate in zip(range(24, 28), (1.2, 4, 9, 25)): X[j] = r.poisson(rate, rows)
    X[28] = np.where(r.rand(rows) < 0.9, 0, r.poisson(3, rows) + 1)
    X[29] = np.where(r.rand(rows) < 0.97, 0, np.exp(r.randn(rows)))
    for j, rate in zip(range(30, 34), (0.5, 0.2, 0.05, 0.35)): X[j] = r.rand(rows) < rate
    for j, top in zip(range(34, 38), (12, 60, 200, 5)): X[j] = np.floor(r.rand(rows) * r.rand(rows) * top)
    X[38] = np.round(0.5 * z[0] + r.randn(rows), 2)
    X[39] = np.floor(np.exp(6 + 1.2 * r.randn(rows))) / 10
    gap = np.where(np.isnan(X[20]), 0.6, 0.4 * np.nan_to_num(X[20]))
    f = -3 + 0.8 * X[0] + np.sin(2 * X[1]) + 0.6 * X[2] * X[3] + 2 * ((X[4] > 0.5) & (X[5] < 0)) * 0.5 + 0.4 * z[0]
    f = f + 0.35 * np.log(X[16]) + gap + 0.15 * X[25] - 0.05 * X[26] + 0.7 * (X[28] > 0) + 0.5 * X[30] * X[6] + 0.7 * X[32]
    f = f + 0.5 * np.sin(X[34]) + 0.4 * np.cos(X[36]) + 0.3 * np.abs(X[7]) + 0.2 * X[38]
    # By column for us, by row for NumPy: each side reads its own layout and copies nothing.
    X.astype('f8').tofile(prefix + '.X')
    np.ascontiguousarray(X.T).tofile(prefix + '.R')
    (r.rand(rows) < 1 / (1 + np.exp(-f))).astype('f8').tofile(prefix + '.y')
    return {'rows': rows}


def load(prefix):
    y = np.fromfile(prefix + '.y')
    return np.fromfile(prefix + '.R').reshape(len(y), -1), y


def train(prefix, test, threads, trees, quantised, model):
    import lightgbm as lgb
    from sklearn.metrics import average_precision_score, roc_auc_score

    X, y = load(prefix)
    params = {'objective': 'binary', 'num_leaves': 31, 'max_depth': 6, 'learning_rate': 0.05, 'verbose': -1,
              'num_threads': threads, 'use_quantized_grad': quantised}
    started, cpu = time.perf_counter(), time.process_time()
    booster = lgb.train(params, lgb.Dataset(X, y), trees)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    booster.save_model(model)
    Xt, yt = load(test)
    p = booster.predict(Xt)
    return {'seconds': seconds, 'cpu': cpu, 'peak': peak,
            'ap': average_precision_score(yt, p), 'auc': roc_auc_score(yt, p)}


def quality(prefix, test, stages, quantised):
    """Held-out AP of one training after each of so many trees."""
    import lightgbm as lgb
    from sklearn.metrics import average_precision_score

    X, y = load(prefix)
    params = {'objective': 'binary', 'num_leaves': 31, 'max_depth': 6, 'learning_rate': 0.05, 'verbose': -1,
              'num_threads': 1, 'use_quantized_grad': quantised}
    booster = lgb.train(params, lgb.Dataset(X, y), max(stages))
    Xt, yt = load(test)
    return [average_precision_score(yt, booster.predict(Xt, num_iteration=stage)) for stage in stages]


def score(prefix, model, threads, rows, out):
    import lightgbm as lgb

    X, _ = load(prefix)
    booster = lgb.Booster(model_file=model)
    started = time.perf_counter()
    booster.predict(X, raw_score=True, num_threads=threads)
    predict = (time.perf_counter() - started) / len(X)
    started = time.perf_counter()
    contributions = booster.predict(X[:rows], pred_contrib=True, num_threads=threads)
    contrib = (time.perf_counter() - started) / rows
    import shap
    explainer = shap.TreeExplainer(booster)
    started = time.perf_counter()
    explainer.shap_values(X[:rows])
    tree_explainer = (time.perf_counter() - started) / rows
    contributions.tofile(out)
    return {'predict': predict, 'contrib': contrib, 'shap': tree_explainer}


command, *rest = sys.argv[1:]
if command == 'data':
    print(json.dumps(data(int(rest[0]), rest[1], int(rest[2]))))
elif command == 'train':
    print(json.dumps(train(rest[0], rest[1], int(rest[2]), int(rest[3]), rest[4] == 'quantised', rest[5])))
elif command == 'quality':
    print(json.dumps(quality(rest[0], rest[1], [int(n) for n in rest[2].split(',')], rest[3] == 'quantised')))
elif command == 'score':
    print(json.dumps(score(rest[0], rest[1], int(rest[2]), int(rest[3]), rest[4])))
