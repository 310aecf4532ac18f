"""Loads our models in LightGBM: they must score as here; our metrics must be scikit-learn's."""
import json
import sys

import lightgbm as lgb
import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

work = sys.argv[1]
failed = 0


def check(name, what, difference, limit):
    global failed
    good = difference <= limit
    failed += not good
    print(f"{'ok  ' if good else 'FAIL'} {name:12} {what:30} {difference:.2e} <= {limit}")


for meta in json.load(open(f'{work}/cases.json')):
    name = meta['name']
    if not meta['firstTree']:
        continue
    X = np.fromfile(f'{work}/{name}.X').reshape(len(meta['columns']), -1).T
    y = np.fromfile(f'{work}/{name}.y')
    booster = lgb.Booster(model_file=f'{work}/{name}.ours.txt')
    theirs = lgb.Booster(model_file=f'{work}/{name}.txt')
    booster.pandas_categorical = None
    theirs.pandas_categorical = None
    raw = booster.predict(X, raw_score=True)
    ours = np.fromfile(f'{work}/{name}.ours.raw').reshape(raw.shape)
    check(name, 'our model scored by LightGBM', np.max(np.abs(raw - ours)), 1e-12)
    peer = theirs.predict(X, raw_score=True)
    check(name, 'whole model against LightGBM', np.sqrt(np.mean((raw - peer) ** 2)) / np.std(peer), 0.3)
    if meta['params']['objective'] == 'binary':
        p = booster.predict(X)
        mine = np.fromfile(f'{work}/{name}.metrics')
        peers = [average_precision_score(y, p), roc_auc_score(y, p), log_loss(y, p), brier_score_loss(y, p)]
        check(name, 'metrics against scikit-learn', np.max(np.abs(mine - peers)), 1e-9)
        check(name, 'AUC against LightGBM', abs(roc_auc_score(y, p) - roc_auc_score(y, theirs.predict(X))), 0.01)
print('all agree' if failed == 0 else f'{failed} differences')
sys.exit(failed > 0)
