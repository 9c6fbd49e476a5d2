import { operations } from '../dashboards/operations.ts';
import { above, below, figures, last, minutes, type Range } from './data.ts';
import { panelOf, rule, type RuleGroup } from './rule.ts';

const component = (measure: string, range: Range, atLeastRequests?: number) =>
  figures('system_health', range, {
    measures: [measure],
    by: ['component'],
    time: 'sampled_at',
    // One failure of a handful at night is no rate.
    where: atLeastRequests === undefined ? [] : [['requests', 'gte', String(atLeastRequests)]],
  });

// These go by the clock on the wall: where the as-of is pinned, as in the demo, they see its last day for as long as it
// lies within their window, then nothing, and rest.

const down = rule({
  name: 'component-down',
  title: 'Part of the service is down',
  severity: 'critical',
  team: 'platform',
  type: 'system_error',
  entity: 'component',
  for: '2m',
  steps: {
    uptime: component('uptime', last(minutes(15))),
    down: below('uptime', 0.5),
  },
  value: 'uptime',
  target: 0.5,
  // A component that falls silent is in the figures, as down. No rows: none was ever watched, or the as-of is pinned.
  noData: 'OK',
  // The one rule that says so when Cube does not answer: then no rule can be judged, and on-call must know.
  error: 'Error',
  summary:
    '{{ $labels.component }} answered in {{ humanizePercentage $values.uptime.Value }} of the last 15 minutes; below 50% it counts as down.',
  description:
    'Seconds in which the component answered / seconds that samples were expected for. A sample that never came counts as down.',
  panel: panelOf(operations, 'Uptime'),
});

const errors = rule({
  name: 'api-error-rate',
  title: 'Requests fail',
  severity: 'critical',
  team: 'platform',
  type: 'system_error',
  entity: 'component',
  for: '2m',
  steps: {
    rate: component('error_rate', last(minutes(15)), 100),
    failing: above('rate', 0.01),
  },
  value: 'rate',
  target: 0.01,
  // Nobody asks enough to tell a rate; silence itself is what the rule on parts that are down looks at.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    '{{ humanizePercentage $values.rate.Value }} of the requests to {{ $labels.component }} failed in the last 15 minutes; at most 1% may.',
  description: 'Requests answered with 5xx / requests, of components with at least 100 requests in 15 minutes.',
  panel: panelOf(operations, 'Errors by component'),
});

const latency = rule({
  name: 'latency-p95',
  title: 'Service is slow',
  severity: 'high',
  team: 'platform',
  type: 'latency',
  entity: 'component',
  // A burst passes by itself.
  for: '10m',
  steps: {
    p95: component('latency_p95', last(minutes(30)), 100),
    slow: above('p95', 1_000),
  },
  value: 'p95',
  target: 1_000,
  // As for the error rate.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    '5% of the requests to {{ $labels.component }} took longer than {{ humanize $values.p95.Value }} ms in the last 30 minutes; the target is 1 s.',
  description: '95th percentile of the time to answer, from the histograms of all samples of 30 minutes together.',
  panel: panelOf(operations, 'Latency'),
});

export const platformRules: RuleGroup = { name: 'platform', interval: '1m', rules: [down, errors, latency] };
