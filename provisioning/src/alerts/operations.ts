import { executiveKpis } from '../dashboards/executive-kpis.ts';
import { operations } from '../dashboards/operations.ts';
import { workforce } from '../dashboards/workforce.ts';
import { above, asOf, days, figures, last, math } from './data.ts';
import { panelOf, rule, type RuleGroup } from './rule.ts';

/** Labs with fewer tests due have no verdict. */
const due: [string, string, string] = ['tests_due', 'gte', '20'];
const labSla = (measure: string) =>
  figures('lab_sla', asOf, { measures: [measure], by: ['lab_name'], time: 'as_of', where: [due] });

const labSlaBreach = rule({
  name: 'lab-sla-breach',
  title: 'Lab misses its service level',
  severity: 'high',
  team: 'operations',
  type: 'sla_breach',
  entity: 'lab_partner',
  // The share over 30 days does not come and go by the minute: nothing to wait for.
  for: '0s',
  steps: {
    breach: labSla('sla_breach'),
    compliance: labSla('sla_compliance'),
    target: labSla('sla_target'),
    breached: above('breach', 0),
  },
  value: 'compliance',
  target: 'target',
  // No lab had 20 tests due. That orders stopped coming is the business of the rule on stale data.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    '{{ $labels.lab_name }} delivered {{ humanizePercentage $values.compliance.Value }} of its tests on time in the last 30 days; its contract asks for {{ humanizePercentage $values.target.Value }}.',
  description:
    'Of the tests due in the last 30 days at {{ $labels.lab_name }}, too few came by their due day. Tests that are still open past that day count as late.',
  panel: panelOf(executiveKpis, 'Labs against their contracts'),
});

const turnaround = (from: number, to: number) =>
  figures(
    'lab_tests',
    { from: days(from), to: days(to) },
    {
      measures: ['turnaround_days_p50'],
      by: ['lab_name'],
      time: 'date',
      where: [['tests_completed', 'gte', '20']],
    },
  );

const labTurnaround = rule({
  name: 'lab-turnaround-degrading',
  title: 'Turnaround of a lab degrades',
  severity: 'medium',
  team: 'operations',
  type: 'turnaround_degrading',
  entity: 'lab_partner',
  // A median moves when results come, by the day; an hour keeps half-loaded results from telling anybody.
  for: '1h',
  steps: {
    recent: turnaround(30, 0),
    before: turnaround(120, 30),
    slower: math('$recent - $before'),
    degrading: above('slower', 1),
  },
  value: 'recent',
  target: 'before',
  // A lab with fewer than 20 results in either span has no median worth comparing.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    '{{ $labels.lab_name }} takes {{ humanize $values.recent.Value }} business days at the median of the last 30 days; it took {{ humanize $values.before.Value }} in the 90 days before.',
  description:
    'The median turnaround of the results of the last 30 days is more than one business day longer than that of the 90 days before. The contract may still be kept; this is the time to ask.',
  panel: panelOf(operations, 'Turnaround, median by lab'),
});

const counselorUtilization = rule({
  name: 'counselor-utilization',
  title: 'Counselor is booked out',
  severity: 'medium',
  team: 'operations',
  type: 'capacity_warning',
  entity: 'counselor',
  for: '30m',
  steps: {
    utilization: figures('counselor_weeks', asOf, {
      measures: ['counselor_utilization'],
      by: ['counselor_id'],
      time: 'as_of',
      where: [['is_last_full_week', 'equals', 'true']],
    }),
    busy: above('utilization', 0.9),
  },
  value: 'utilization',
  target: 0.9,
  // Nobody was employed in that week, or nobody published hours.
  noData: 'OK',
  error: 'KeepLast',
  // The name is for those who work with the counselor: the id leads them to it.
  summary:
    'Counselor {{ $labels.counselor_id }} was booked for {{ humanizePercentage $values.utilization.Value }} of the available time in the last full week; above 90% there is no room for what comes at short notice.',
  description:
    'Booked / available minutes of the last week that has ended. Above 100% a counselor works outside of the published hours.',
  panel: panelOf(workforce, 'Load of each counselor'),
});

const wait = (measure: string) =>
  figures('counseling', last(days(30)), {
    measures: [measure],
    time: 'date',
    where: [['sessions_completed', 'gte', '10']],
  });

const counselingWait = rule({
  name: 'counseling-wait',
  title: 'Customers wait too long for counselling',
  severity: 'high',
  team: 'operations',
  type: 'wait_over_target',
  entity: 'company',
  for: '1h',
  steps: {
    wait: wait('counseling_wait_days_p50'),
    target: wait('counseling_wait_target_days'),
    over: math('$wait > $target'),
  },
  value: 'wait',
  target: 'target',
  // Fewer than 10 sessions were held: no median worth acting on.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    'Customers waited {{ humanize $values.wait.Value }} days at the median for counselling in the last 30 days; the target is {{ humanize $values.target.Value }}.',
  description:
    'Days from the request to the session, of the sessions held in the last 30 days. Those who still wait are not in it: the waiting list tells of them.',
  panel: panelOf(workforce, 'Wait for a session'),
});

export const operationsRules: RuleGroup = {
  name: 'operations',
  // A breach is to be known within minutes of the row that makes it.
  interval: '1m',
  rules: [labSlaBreach, labTurnaround, counselorUtilization, counselingWait],
};
