"""The same jobs by scikit-learn, LightGBM, ONNX Runtime and shap: python reference.py FOLDER.

FOLDER/job.json names the arrays (float32 features, uint8 labels and folds, beside it) and what to do with them; the
answer is FOLDER/result.json and one float64 file of predictions for each quality job and model. One thread throughout.
"""

import json
import sys
import time
from pathlib import Path

import lightgbm
import numpy as np
import onnxruntime
import shap
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FOLDER = Path(sys.argv[1])


def load(part):
    features = np.fromfile(FOLDER / part["features"], dtype=np.float32).reshape(-1, part["columns"])
    return features, np.fromfile(FOLDER / part["labels"], dtype=np.uint8)


def forest():
    return RandomForestClassifier(100, max_depth=10, min_samples_split=10, n_jobs=1, random_state=42)


def boosting():
    return lightgbm.LGBMClassifier(
        n_estimators=200, learning_rate=0.03, num_leaves=15, min_child_samples=30, colsample_bytree=0.5,
        subsample=0.8, subsample_freq=1, n_jobs=1, random_state=42, verbose=-1,
    )  # fmt: skip


def logistic():
    return make_pipeline(SimpleImputer(), StandardScaler(), LogisticRegression(max_iter=1000))


def quality(job):
    features, labels = load(job)
    folds = np.fromfile(FOLDER / job["folds"], dtype=np.uint8)
    models = {
        "scikit-learn forest": forest,
        "scikit-learn forest, Platt": lambda: CalibratedClassifierCV(forest(), method="sigmoid", cv=5, ensemble=False),
        "LightGBM": boosting,
        "scikit-learn logistic regression": logistic,
    }
    if job["compared"] is not None:
        models = {name: models[name] for name in job["compared"]}
    names = []
    for index, (name, make) in enumerate(models.items()):
        parts = []
        for fold in job["evaluated"]:
            model = make().fit(features[folds != fold], labels[folds != fold])
            parts.append(model.predict_proba(features[folds == fold])[:, 1])
        np.concatenate(parts).astype(np.float64).tofile(FOLDER / f"{job['name']}-{index}.f64")
        names.append(name)
    return names


def clock(work):
    wall, processor = time.perf_counter(), time.process_time()
    result = work()
    return result, {"wall": time.perf_counter() - wall, "cpu": time.process_time() - processor}


def speed(job):
    features, labels = load(job["train"])
    test, test_labels = load(job["test"])
    result = {"training": {}, "scoring": {}}
    models = {"scikit-learn forest": forest(), "LightGBM": boosting().set_params(n_estimators=100, learning_rate=0.1)}
    for name, model in models.items():
        _, seconds = clock(lambda: model.fit(features, labels))
        probabilities, scoring = clock(lambda: model.predict_proba(test)[:, 1])
        result["training"][name] = {**seconds, "auc": roc_auc_score(test_labels, probabilities)}
        result["scoring"][name] = {"rowsPerSecond": len(test) / scoring["wall"], "rowsPerCpuSecond": len(test) / scoring["cpu"]}
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(FOLDER / job["onnx"], options)
    _, scoring = clock(lambda: [session.run(None, {"features": part}) for part in np.array_split(test, len(test) // 10_000)])
    result["scoring"]["ONNX Runtime in Python"] = {
        "rowsPerSecond": len(test) / scoring["wall"], "rowsPerCpuSecond": len(test) / scoring["cpu"],
    }  # fmt: skip
    rows = test[: job["explained"]]
    explainer = shap.TreeExplainer(models["scikit-learn forest"], feature_perturbation="tree_path_dependent")
    _, seconds = clock(lambda: explainer.shap_values(rows, check_additivity=False))
    result["explaining"] = {"wallPerRow": seconds["wall"] / len(rows), "cpuPerRow": seconds["cpu"] / len(rows)}
    return result


def main():
    job = json.loads((FOLDER / "job.json").read_text())
    result = {"quality": {part["name"]: quality(part) for part in job["quality"]}, "speed": speed(job["speed"])}
    (FOLDER / "result.json").write_text(json.dumps(result))


if __name__ == "__main__":
    main()
