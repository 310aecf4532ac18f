"""Repeats a project's training, evaluation and scoring with LightGBM, shap and scikit-learn, and compares.

What churn_project.yml says is said here once more in Python: purged expanding folds, early stopping on the last known
period, weights, calibration. Prints a table in Markdown; exits 1 where the two differ by more than ties explain.
"""
import json
import sys
import warnings

import lightgbm as lgb
import numpy as np
import pandas as pd
import shap
from sklearn.metrics import average_precision_score, brier_score_loss, roc_auc_score

warnings.filterwarnings('ignore')
folder, name = sys.argv[1:3]
settings = {
    'reference': {'folds': 6, 'final_train': 9, 'known_at': 'label_known_at', 'horizon': None,
                  'weights': ('ltv_tier', {'enterprise': 10, 'mid_market': 3}, 1)},
    'cdnow': {'folds': 4, 'final_train': 7, 'known_at': None, 'horizon': pd.Timedelta(days=90), 'weights': None},
}[name]

gold = pd.read_parquet(f'{folder}/gold.parquet')
run = json.load(open(f'{folder}/run/run.json'))
ours = json.load(open(f'{folder}/run/evaluation.json'))
calibration = json.load(open(f'{folder}/run/calibration.json'))
features = run['features']
failed = 0


def check(what, difference, limit):
    global failed
    good = difference <= limit
    failed += not good
    print(f"{'ok  ' if good else 'FAIL'} {name:10} {what:44} {difference:.2e} <= {limit}")


def frame(rows):
    """Features as LightGBM takes them: text as categories, everything else as numbers."""
    out = {}
    for column in features:
        values = rows[column]
        if pd.api.types.is_bool_dtype(values) or pd.api.types.is_numeric_dtype(values):
            out[column] = values.astype('float64')
        elif values.map(lambda v: v is None or isinstance(v, str)).all():
            out[column] = pd.Categorical(values, categories=dictionaries[column])
        else:
            out[column] = pd.to_numeric(values).astype('float64')  # decimals
    return pd.DataFrame(out, index=rows.index)


def is_text(column):
    return gold[column].map(lambda v: isinstance(v, str)).any()


dictionaries = {c: [v for v in gold[c].dropna().unique()] for c in features if is_text(c)}
rows = gold[gold.churned.notna()].copy()
rows['churned'] = rows.churned.astype(float)
known = rows[settings['known_at']] if settings['known_at'] else rows.prediction_time + settings['horizon']
if settings['weights'] is None:
    weight = pd.Series(1.0, index=rows.index)
else:
    column, by, other = settings['weights']
    weight = rows[column].map(by).fillna(other).astype(float)

params = {k: v for k, v in run['parameters'].items() if k not in ('num_iterations', 'early_stopping_round')}
params.update(verbose=-1, num_threads=1, deterministic=True, force_row_wise=True)
patience, most = run['parameters']['early_stopping_round'], run['parameters']['num_iterations']
times = sorted(rows.prediction_time.unique())


def dataset(index):
    return lgb.Dataset(frame(rows.loc[index]), rows.churned[index], weight=weight[index], free_raw_data=False)


def search(train):
    """Trees wanted, seen on the last period whose labels were known when it began, trained on what was known then."""
    at = rows.prediction_time[train]
    for period in sorted(at.unique(), reverse=True):
        valid = train[at == period]
        before = train[(at < period) & (known[train] <= period)]
        if rows.churned[valid].nunique() == 2 and rows.churned[before].nunique() == 2:
            d = dataset(before)
            booster = lgb.train(params, d, most, valid_sets=[lgb.Dataset(frame(rows.loc[valid]), rows.churned[valid], weight=weight[valid], reference=d)],
                                callbacks=[lgb.early_stopping(patience, verbose=False)])
            return booster.best_iteration
    return most


first = len(times) - (len(times) - settings['final_train']) - settings['folds']
cuts = [(f'fold {i + 1}', times[first + i], times[first + i]) for i in range(settings['folds'])]
cuts.append(('final', times[settings['final_train']], times[-1]))
print('| | AP ours | AP LightGBM | AUC ours | AUC LightGBM | trees ours | trees LightGBM | AP with its own number |')
print('|---|---|---|---|---|---|---|---|')
differences, aucs = [], []
for (label, begin, end), fold in zip(cuts, [*ours['folds'], ours['final_fold']]):
    test = rows.index[(rows.prediction_time >= begin) & (rows.prediction_time <= end)]
    earlier = rows.prediction_time < begin
    train = rows.index[earlier & (known <= begin)]
    counts = (len(train), len(test), int(earlier.sum()) - len(train), int(rows.churned[test].sum()))
    check(f'{label}: rows, purged, positives differ', counts != tuple(fold[k] for k in ('train_rows', 'test_rows', 'purged', 'positives')), 0)
    booster = lgb.train(params, dataset(train), fold['best_iteration'])
    p = booster.predict(frame(rows.loc[test]))
    y = rows.churned[test]
    ap, auc = average_precision_score(y, p), roc_auc_score(y, p)
    own = search(train)
    own_ap = average_precision_score(y, lgb.train(params, dataset(train), own).predict(frame(rows.loc[test])))
    differences.append(ap - fold['average_precision'])
    aucs.append(auc - fold['roc_auc'])
    print(f"| {label} | {fold['average_precision']:.4f} | {ap:.4f} | {fold['roc_auc']:.4f} | {auc:.4f} | {fold['best_iteration']} | {own} | {own_ap:.4f} |")
    if label == 'final':
        for group in ours['final']['groups']:
            at = test[(rows.loc[test, group['group']] == group['value']).to_numpy()]
            theirs = average_precision_score(rows.churned[at], booster.predict(frame(rows.loc[at])))
            mine = group['metrics']['averagePrecision']
            print(f"| {group['group']} {group['value']} | {mine['value']:.4f} | {theirs:.4f} | | | | | |")
            check(f"{group['value']}: AP within our interval", float(not mine['low'] <= theirs <= mine['high']), 0)
check('mean difference of AP over folds', abs(np.mean(differences)), 0.006)
check('largest difference of AP', np.max(np.abs(differences)), 0.025)
check('largest difference of AUC', np.max(np.abs(aucs)), 0.015)

# The same model: what `churn score` published against the model file in LightGBM's hands.
scores = pd.read_parquet(f'{folder}/target/scores/churn_scores.parquet').set_index('customer_id')
drivers = pd.read_parquet(f'{folder}/target/scores/churn_drivers.parquet')
newest = gold[gold.prediction_time == gold.prediction_time.max()].set_index('customer_id')
model = lgb.Booster(model_file=f'{folder}/run/model.txt')
saved = {c: d for c, d in zip([c for c in features if is_text(c)], model.pandas_categorical or [])}
dictionaries.update(saved)
x = frame(newest)
contributions = pd.DataFrame(model.predict(x, pred_contrib=True)[:, :-1], index=newest.index, columns=features)
table = drivers.pivot(index='customer_id', columns='feature', values='shap_log_odds').loc[newest.index, features]
check('published SHAP values against pred_contrib', np.max(np.abs(table.to_numpy() - contributions.to_numpy())), 1e-9)
some = newest.index[:300]
if not saved:
    explained = np.asarray(shap.TreeExplainer(model).shap_values(x.loc[some]))
    check('published SHAP values against shap', np.max(np.abs(table.loc[some].to_numpy() - explained)), 1e-9)
raw = model.predict(x)
probability = raw if calibration['method'] == 'none' else np.interp(raw, calibration['x'], calibration['y'])
check('published probabilities against predict', np.max(np.abs(scores.probability.loc[newest.index] - probability)), 1e-12)
final_test = rows.index[rows.prediction_time >= times[settings['final_train']]]
p = model.predict(frame(rows.loc[final_test]))
overall = ours['final']['overall']
check('final AP of our model by scikit-learn', abs(average_precision_score(rows.churned[final_test], p) - overall['averagePrecision']['value']), 1e-9)
check('final AUC of our model by scikit-learn', abs(roc_auc_score(rows.churned[final_test], p) - overall['rocAuc']['value']), 1e-9)
calibrated = np.interp(p, calibration['x'], calibration['y']) if calibration['method'] == 'isotonic' else p
check('final Brier score by scikit-learn', abs(brier_score_loss(rows.churned[final_test], calibrated) - overall['brier']['value']), 1e-9)
print('the same story' if failed == 0 else f'{failed} differences')
sys.exit(failed > 0)
