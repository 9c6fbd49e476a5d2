-- Up Migration

create table churn_models (
  version text primary key check (version ~ '^[A-Za-z0-9][A-Za-z0-9._-]*$'),
  kind text not null check (kind in ('forest', 'boosting', 'logistic')),
  uses_genotype boolean not null,
  trained_at timestamptz not null default current_timestamp,
  first_snapshot date not null,
  last_snapshot date not null check (last_snapshot >= first_snapshot),
  training_rows int not null check (training_rows > 0),
  test_rows int not null check (test_rows > 0),
  test_events int not null check (test_events between 0 and test_rows),
  roc_auc double precision,
  pr_auc double precision,
  brier double precision,
  calibration_error double precision,
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$')
);
comment on table churn_models is '[customers] One row per trained churn model; its files lie in the folder of the models under the same name. Written by the training; a source system has none.';
comment on column churn_models.version is 'Name of the model and of its folder.';
comment on column churn_models.kind is 'forest, boosting or logistic.';
comment on column churn_models.uses_genotype is 'Whether the genotype is one of its features.';
comment on column churn_models.trained_at is 'When it was registered.';
comment on column churn_models.first_snapshot is 'Day of the earliest snapshot that it was trained, calibrated or tested on.';
comment on column churn_models.last_snapshot is 'Day of the latest one.';
comment on column churn_models.training_rows is 'Customers x snapshots that it was trained on.';
comment on column churn_models.test_rows is 'Customers x snapshots that it was tested on, all later than those that it was trained and calibrated on.';
comment on column churn_models.test_events is 'Those of them that churned.';
comment on column churn_models.roc_auc is 'Area under the ROC curve on the test rows. Null: undefined.';
comment on column churn_models.pr_auc is 'Average precision on the test rows. Null: undefined.';
comment on column churn_models.brier is 'Mean squared error of the probabilities on the test rows.';
comment on column churn_models.calibration_error is 'Expected calibration error on the test rows, 10 bins of equal width.';
comment on column churn_models.file_sha256 is 'SHA-256 of model.onnx.';

create table churn_model_promotions (
  id bigint generated always as identity primary key,
  version text not null references churn_models (version),
  promoted_at timestamptz not null default current_timestamp,
  reason text not null,
  rolled_back_at timestamptz check (rolled_back_at >= promoted_at)
);
comment on table churn_model_promotions is '[customers] One row per promotion of a churn model. The latest that was not rolled back is the model that serves. Written by the training and by npm run models; a source system has none.';
comment on column churn_model_promotions.id is 'Number of the promotion.';
comment on column churn_model_promotions.version is 'The model.';
comment on column churn_model_promotions.promoted_at is 'When it began to serve.';
comment on column churn_model_promotions.reason is 'Why it was promoted.';
comment on column churn_model_promotions.rolled_back_at is 'When the model before it was put back. Null: it was not.';

-- Down Migration

drop table churn_model_promotions, churn_models;
