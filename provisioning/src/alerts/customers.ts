import { customersChurn } from '../dashboards/customers-churn.ts';
import { asOf, asOfBefore, course, days, figures, last, math, reduce, type Range } from './data.ts';
import { panelOf, rule, type RuleGroup } from './rule.ts';

const byMonth = (measure: string) =>
  course('mrr_movements', last(days(400)), {
    measures: [measure],
    time: 'month',
    every: 'month',
    where: [['is_partial', 'equals', 'false']],
  });

const churn = rule({
  name: 'churn-rate',
  title: 'Churn rate jumps',
  severity: 'high',
  team: 'customers',
  type: 'churn_rate',
  entity: 'company',
  // It moves once a month, when one ends; an hour keeps a half-loaded month from telling anybody.
  for: '1h',
  steps: {
    rates: byMonth('subscriber_churn_rate'),
    openings: byMonth('opening_subscribers'),
    latest: reduce('rates', 'last'),
    usual: reduce('rates', 'median'),
    subscribers: reduce('openings', 'last'),
    // The upper control limit of a p chart: what chance alone passes once in 700 months, however few the subscribers.
    limit: math('$usual + 3 * ($usual * (1 - $usual) / $subscribers) ** 0.5'),
    jumped: math('$latest > $limit'),
  },
  value: 'latest',
  target: 'limit',
  // No full month with subscribers at its start yet.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    '{{ humanizePercentage $values.latest.Value }} of the subscribers left in the last full month; {{ humanizePercentage $values.usual.Value }} is usual, and chance explains up to {{ humanizePercentage $values.limit.Value }}.',
  description:
    'Churned / opening subscribers of the last full month against the median of the last 13 months, plus three standard deviations of a share of so many subscribers.',
  panel: panelOf(customersChurn, 'Subscriber churn'),
});

const scored = (measure: string, range: Range) => figures('churn_risk', range, { measures: [measure], time: 'as_of' });

const atRisk = rule({
  name: 'mrr-at-risk',
  title: 'MRR at risk jumps',
  severity: 'medium',
  team: 'customers',
  type: 'mrr_at_risk',
  entity: 'company',
  // It moves with every scoring, by the day.
  for: '1h',
  steps: {
    atRisk: scored('mrr_at_risk', asOf),
    mrr: scored('mrr', asOf),
    atRiskBefore: scored('mrr_at_risk', asOfBefore(30)),
    mrrBefore: scored('mrr', asOfBefore(30)),
    share: math('$atRisk / $mrr'),
    limit: math('1.25 * $atRiskBefore / $mrrBefore'),
    jumped: math('$share > $limit'),
  },
  value: 'share',
  target: 'limit',
  // No scoring now, or none 30 days ago. Where the as-of is pinned before that, both are the same scoring.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    '{{ humanizePercentage $values.share.Value }} of the scored MRR is at high or critical risk; a quarter more than 30 days ago would be {{ humanizePercentage $values.limit.Value }}.',
  description:
    'MRR of subscribers with a churn probability of 50% or more / MRR of all that were scored, against the scoring of 30 days ago.',
  panel: panelOf(customersChurn, 'MRR at risk'),
});

export const customerRules: RuleGroup = { name: 'customers', interval: '10m', rules: [churn, atRisk] };
