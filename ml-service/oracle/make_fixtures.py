"""Writes the golden fixtures of the tests: trees with SHAP values from the shap package, scores from scikit-learn.

Run in a virtual environment with requirements.txt installed: python make_fixtures.py
"""

import json
from pathlib import Path

import lightgbm
import numpy as np
import shap
from sklearn.calibration import _sigmoid_calibration
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score
from sklearn.preprocessing import StandardScaler

FOLDER = Path(__file__).parent / "fixtures"


def make_data(rows, columns, seed):
    """Float32 features on a coarse grid (so that JSON stays small) and labels that depend on them."""
    random = np.random.default_rng(seed)
    features = np.round(random.normal(size=(rows, columns)) * 64).astype(np.float32) / 64
    margin = features[:, 0] + features[:, 1] * features[:, 2] + np.sin(2 * features[:, 3])
    labels = (random.random(rows) < 1 / (1 + np.exp(-2 * margin))).astype(int)
    return features, labels


def write(name, content):
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_text(json.dumps(content, separators=(",", ":"), allow_nan=False) + "\n")


def nullable(matrix):
    return [[None if np.isnan(value) else float(value) for value in row] for row in np.asarray(matrix, dtype=float)]


def sklearn_tree(tree, values):
    """Thresholds rounded down to float32: for float32 features the same rows go left."""
    threshold = tree.threshold.astype(np.float32)
    threshold = np.where(threshold > tree.threshold, np.nextafter(threshold, np.float32(-np.inf)), threshold)
    return {
        "feature": np.where(tree.children_left < 0, -1, tree.feature).tolist(),
        "threshold": [float(value) for value in threshold],
        "left": tree.children_left.tolist(),
        "right": tree.children_right.tolist(),
        "missingLeft": [0] * tree.node_count,
        "value": [float(value) for value in values],
        "cover": tree.weighted_n_node_samples.tolist(),
    }


def forest_case():
    features, labels = make_data(600, 12, 1)
    model = RandomForestClassifier(6, max_depth=10, min_samples_split=10, random_state=1).fit(features, labels)
    rows = make_data(12, 12, 2)[0]
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    trees = [sklearn_tree(e.tree_, e.tree_.value[:, 0, 1] / len(model.estimators_)) for e in model.estimators_]
    return {
        "source": "scikit-learn RandomForestClassifier, depth 10",
        "trees": trees,
        "base": 0,
        "rows": nullable(rows),
        "margins": model.predict_proba(rows)[:, 1].tolist(),
        "expected": float(explainer.expected_value[1]),
        "contributions": explainer.shap_values(rows)[:, :, 1].tolist(),
    }


def boosting_case():
    features, labels = make_data(600, 6, 3)
    model = GradientBoostingClassifier(n_estimators=15, max_depth=4, random_state=1).fit(features, labels)
    rows = make_data(12, 6, 4)[0]
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    base = float(np.log(labels.mean() / (1 - labels.mean())))
    trees = [sklearn_tree(e[0].tree_, e[0].tree_.value[:, 0, 0] * model.learning_rate) for e in model.estimators_]
    return {
        "source": "scikit-learn GradientBoostingClassifier",
        "trees": trees,
        "base": base,
        "rows": nullable(rows),
        "margins": model.decision_function(rows).tolist(),
        "expected": float(np.ravel(explainer.expected_value)[0]),
        "contributions": explainer.shap_values(rows).tolist(),
    }


def random_tree(random, columns, depth):
    """A tree with missing directions and covers, features repeating on its paths, some leaves high up."""
    tree = {name: [] for name in ["feature", "threshold", "left", "right", "missingLeft", "value", "cover"]}

    def add(level, cover):
        node = len(tree["feature"])
        for name in tree:
            tree[name].append(0)
        tree["cover"][node] = cover
        if level == depth or cover < 2 or (level > 1 and random.random() < 0.15):
            tree["feature"][node], tree["left"][node], tree["right"][node] = -1, -1, -1
            tree["value"][node] = float(random.normal())
            return node
        tree["feature"][node] = int(random.integers(columns))
        tree["threshold"][node] = float(np.round(random.normal() * 64) / 64)
        tree["missingLeft"][node] = int(random.integers(2))
        share = int(random.integers(1, cover))
        tree["left"][node] = add(level + 1, share)
        tree["right"][node] = add(level + 1, cover - share)
        return node

    add(0, 1000)
    return tree


def missing_case():
    random = np.random.default_rng(5)
    columns = 14
    trees = [random_tree(random, columns, 12) for _ in range(4)]
    rows = np.round(random.normal(size=(16, columns)) * 64) / 64
    rows[random.random(rows.shape) < 0.25] = np.nan
    model = {
        "trees": [
            {
                "children_left": np.array(tree["left"]),
                "children_right": np.array(tree["right"]),
                "children_default": np.where(tree["missingLeft"], tree["left"], tree["right"]),
                "features": np.maximum(tree["feature"], 0),
                "thresholds": np.array(tree["threshold"], dtype=float),
                "values": np.array(tree["value"], dtype=float).reshape(-1, 1),
                "node_sample_weight": np.array(tree["cover"], dtype=float),
            }
            for tree in trees
        ]
    }
    explainer = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    contributions = np.asarray(explainer.shap_values(rows, check_additivity=False)).reshape(rows.shape)
    expected = float(np.ravel(explainer.expected_value)[0])
    return {
        "source": "random trees, depth 12, with missing values",
        "trees": trees,
        "base": 0,
        "rows": nullable(rows),
        "margins": (contributions.sum(axis=1) + expected).tolist(),
        "expected": expected,
        "contributions": contributions.tolist(),
    }


def lightgbm_tree(root):
    tree = {name: [] for name in ["feature", "threshold", "left", "right", "missingLeft", "value", "cover"]}

    def add(part):
        node = len(tree["feature"])
        for name in tree:
            tree[name].append(0)
        if "leaf_value" in part:
            tree["feature"][node], tree["left"][node], tree["right"][node] = -1, -1, -1
            tree["value"][node], tree["cover"][node] = part["leaf_value"], part["leaf_count"]
            return node
        assert part["decision_type"] == "<=" and part["missing_type"] in ("NaN", "None")
        threshold = np.float32(part["threshold"])
        if threshold > part["threshold"]:
            threshold = np.nextafter(threshold, np.float32(-np.inf))
        tree["feature"][node], tree["threshold"][node] = part["split_feature"], float(threshold)
        tree["missingLeft"][node], tree["cover"][node] = int(part["default_left"]), part["internal_count"]
        tree["left"][node] = add(part["left_child"])
        tree["right"][node] = add(part["right_child"])
        return node

    add(root)
    return tree


def lightgbm_case():
    features, labels = make_data(800, 8, 6)
    random = np.random.default_rng(7)
    features[random.random(features.shape) < 0.2] = np.nan
    model = lightgbm.LGBMClassifier(n_estimators=12, num_leaves=15, random_state=1, n_jobs=1, verbose=-1).fit(features, labels)
    rows = make_data(12, 8, 8)[0]
    rows[random.random(rows.shape) < 0.25] = np.nan
    contributions = np.asarray(model.booster_.predict(rows, pred_contrib=True))
    return {
        "source": "LightGBM with missing values, its own TreeSHAP",
        "trees": [lightgbm_tree(info["tree_structure"]) for info in model.booster_.dump_model()["tree_info"]],
        "base": 0,
        "rows": nullable(rows),
        "margins": model.predict(rows, raw_score=True).tolist(),
        "expected": float(contributions[0, -1]),
        "contributions": contributions[:, :-1].tolist(),
    }


def score_fixture():
    random = np.random.default_rng(9)
    probabilities = np.round(random.random(200), 2)
    labels = (random.random(200) < probabilities).astype(int)
    calibration = IsotonicRegression(increasing=True).fit(probabilities, labels)
    return {
        "labels": labels.tolist(),
        "probabilities": probabilities.tolist(),
        "rocAuc": roc_auc_score(labels, probabilities),
        "prAuc": average_precision_score(labels, probabilities),
        "brier": brier_score_loss(labels, probabilities),
        "logLoss": log_loss(labels, np.clip(probabilities, 1e-15, 1 - 1e-15)),
        "isotonic": calibration.predict(probabilities).tolist(),
    }


def platt_fixture():
    random = np.random.default_rng(10)
    margins = np.round(random.normal(size=150) * 2, 3)
    labels = (random.random(150) < 1 / (1 + np.exp(-(0.6 * margins - 0.8)))).astype(int)
    slope, intercept = _sigmoid_calibration(margins, labels)
    return {"margins": margins.tolist(), "labels": labels.tolist(), "slope": -float(slope), "intercept": -float(intercept)}


def logistic_fixture():
    features, labels = make_data(300, 5, 11)
    scaled = StandardScaler().fit(features.astype(float))
    model = LogisticRegression(C=1.0, tol=1e-12, max_iter=10_000).fit(scaled.transform(features.astype(float)), labels)
    return {
        "rows": nullable(features),
        "labels": labels.tolist(),
        "weights": model.coef_[0].tolist(),
        "intercept": float(model.intercept_[0]),
    }


if __name__ == "__main__":
    write("shap.json", [forest_case(), boosting_case(), missing_case(), lightgbm_case()])
    write("scores.json", score_fixture())
    write("platt.json", platt_fixture())
    write("logistic.json", logistic_fixture())
