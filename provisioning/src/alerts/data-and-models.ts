import { dataHealth } from '../dashboards/data-health.ts';
import { above, asOf, figures } from './data.ts';
import { panelOf, rule, type RuleGroup } from './rule.ts';

const table = (measure: string) =>
  figures('data_health', asOf, {
    measures: [measure],
    by: ['table_name'],
    time: 'as_of',
    where: [['freshness_limit_hours', 'gt', '0']],
  });

const stale = rule({
  name: 'stale-data',
  title: 'Data is out of date',
  severity: 'medium',
  team: 'data',
  type: 'stale_data',
  entity: 'table',
  // A load that is a little late comes by itself.
  for: '30m',
  steps: {
    age: table('freshness_hours'),
    allowed: table('freshness_limit_hours'),
    late: table('tables_stale'),
    stale: above('late', 0),
  },
  value: 'age',
  target: 'allowed',
  // Every table that has a limit has a row here: without one, nobody set a limit.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    'The newest row of {{ $labels.table_name }} is {{ humanize $values.age.Value }} hours old; it may be {{ humanize $values.allowed.Value }}. What rests on it stands still.',
  description: 'Hours from the newest fact of the table to the as-of instant, against table_expectations.',
  panel: panelOf(dataHealth, 'Tables'),
});

const agrees = (measure: string) =>
  figures('reconciliation', asOf, { measures: [measure], by: ['check_name'], time: 'as_of' });

const differs = rule({
  name: 'reconciliation',
  title: 'Two ways to a figure differ',
  severity: 'high',
  team: 'data',
  type: 'reconciliation',
  entity: 'reconciliation',
  // Longer than a load that has written one side and not yet the other.
  for: '15m',
  steps: {
    differences: agrees('differences'),
    wrong: above('differences', 0),
  },
  value: 'differences',
  target: 0,
  // The checks have a row each, whatever the data: without any, the view itself is broken.
  noData: 'NoData',
  error: 'KeepLast',
  summary:
    'The check {{ $labels.check_name }} found {{ humanize $values.differences.Value }} differences where there must be 0: figures that rest on it are not to be signed.',
  description: 'Two ways to the same figure do not agree. The dashboard says what each check compares.',
  panel: panelOf(dataHealth, 'What must agree'),
});

const job = (measure: string) => figures('jobs', asOf, { measures: [measure], by: ['job'], time: 'as_of' });

const late = rule({
  name: 'late-job',
  title: 'A nightly job is late',
  severity: 'medium',
  team: 'data',
  type: 'late_job',
  entity: 'job',
  // A run that is under way ends it by itself.
  for: '1h',
  steps: {
    age: job('hours_since_success'),
    allowed: job('allowed_hours'),
    late: job('jobs_late'),
    overdue: above('late', 0),
  },
  value: 'age',
  target: 'allowed',
  // Each job has a row, also one that never ran: without any, the view itself is broken.
  noData: 'NoData',
  error: 'KeepLast',
  summary:
    'The newest results of {{ $labels.job }} rest on what was known {{ humanize $values.age.Value }} hours ago; {{ humanize $values.allowed.Value }} are allowed.',
  description: 'Hours from the instant that the newest results rest on. A job without any result is late, too.',
  panel: panelOf(dataHealth, 'Jobs'),
});

const failed = rule({
  name: 'failed-scoring',
  title: 'Churn scoring failed',
  severity: 'high',
  team: 'data',
  type: 'failed_job',
  entity: 'job',
  // A scoring under way counts as failed until it has ended; none takes so long.
  for: '2h',
  steps: {
    failures: job('failed_scoring'),
    failing: above('failures', 0),
  },
  value: 'failures',
  target: 0,
  // As for late jobs.
  noData: 'NoData',
  error: 'KeepLast',
  summary:
    '{{ humanize $values.failures.Value }} runs of {{ $labels.job }} since the last success ended without results; there should be 0. The worklist shows the last good scoring.',
  description: 'Runs of the scoring that were begun and never published, since the newest published one.',
  panel: panelOf(dataHealth, 'Jobs'),
});

const drift = rule({
  name: 'model-drift',
  title: 'Customers are no longer those that the churn model learnt from',
  severity: 'medium',
  team: 'data',
  type: 'model_drift',
  entity: 'feature',
  // The index moves once with every scoring, by the day.
  for: '1h',
  steps: {
    psi: figures('feature_drift', asOf, { measures: ['psi'], by: ['feature'], time: 'as_of' }),
    shifted: above('psi', 0.2),
  },
  value: 'psi',
  target: 0.2,
  // No scoring yet, or fewer than 500 customers in it: the index says nothing then.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    'The population stability index of {{ $labels.feature }} is {{ printf "%.2f" $values.psi.Value }} in the newest churn scoring; above 0.20 the model is not to be trusted with it.',
  description:
    'Scored customers against the rows that the model was trained on, over the deciles of the training. Train anew, or find what changed in the data.',
  panel: panelOf(dataHealth, 'Drift of what the model reads'),
});

export const dataRules: RuleGroup = {
  name: 'data',
  // Cube looks at the tables anew every 5 minutes, too.
  interval: '5m',
  rules: [stale, differs, late, failed, drift],
};
