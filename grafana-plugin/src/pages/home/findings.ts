import { dateTimeFormat } from '@grafana/data';
import { t } from '../../i18n/t';
import { ask, condition, fetchMeta, members } from '../shared/cube';
import { linkTo } from '../shared/app';
import { callService } from '../shared/request';
import type { AlertList } from '../alerts/alerts';
import { figuresLink } from '../shared/explore';
import { anomalyOf } from './anomalies';

/** One thing that may need somebody's attention. */
export interface Finding {
  /** Whether it does; `unknown` where there is nothing to judge by. */
  status: 'attention' | 'fine' | 'unknown';
  figure: string;
  /** What the figure is measured against. */
  target: string;
  details: string[];
  link: { href: string; text: string };
}

/** Beyond it figures are stale: the data is loaded every night. */
export const staleAfterHours = 48;

export async function openAlerts(uid: string): Promise<Finding> {
  const { alerts, nextCursor } = await callService<AlertList>(uid, 'alerts', '/v1/alerts?status=open&limit=100');
  const urgent = alerts.filter(({ severity }) => severity === 'critical' || severity === 'high');
  return {
    status: alerts.length > 0 ? 'attention' : 'fine',
    figure: `${alerts.length}${nextCursor ? '+' : ''}`,
    target: t('home.alerts-target', 'Target: none unacknowledged, critical ones within 2 hours'),
    details: urgent.slice(0, 3).map(({ title }) => title),
    link: { href: linkTo('alerts', { status: 'open' }), text: t('home.alerts-link', 'Open the inbox') },
  };
}

export async function labBreaches(uid: string): Promise<Finding> {
  const view = 'lab_sla';
  const question = {
    view,
    dimensions: members(view, ['lab_name']),
    measures: members(view, ['sla_compliance', 'sla_target', 'sla_breach', 'tests_overdue']),
  };
  const answer = await ask(uid, question);
  const breaches = answer.rows.filter((row) => answer.isTrue('sla_breach', row));
  const overdue = answer.rows.reduce((sum, row) => sum + (answer.number('tests_overdue', row) ?? 0), 0);
  return {
    status: answer.length === 0 ? 'unknown' : breaches.length > 0 ? 'attention' : 'fine',
    figure: t('home.labs-figure', '{{late}} of {{all}} labs', { late: breaches.length, all: answer.length }),
    target: t('home.labs-target', 'Target: every lab within its contract; {{overdue}} tests are overdue', { overdue }),
    details: breaches.map((row) =>
      t('home.labs-detail', '{{lab}}: {{share}} on time, contract {{target}}', {
        lab: answer.text('lab_name', row),
        share: answer.text('sla_compliance', row),
        target: answer.text('sla_target', row),
      })
    ),
    link: { href: figuresLink(uid, question), text: t('home.labs-link', 'Look into the labs') },
  };
}

export async function mrrAtRisk(uid: string): Promise<Finding> {
  const view = 'churn_risk';
  const question = {
    view,
    dimensions: members(view, ['risk_level']),
    measures: members(view, ['scored_customers', 'mrr_at_risk', 'mrr']),
  };
  const answer = await ask(uid, question);
  const sum = (name: string, rows: number[]) => rows.reduce((total, row) => total + (answer.number(name, row) ?? 0), 0);
  const urgent = answer.rows.filter((row) => ['high', 'critical'].includes(answer.string('risk_level', row) ?? ''));
  const mrr = sum('mrr', answer.rows);
  const atRisk = sum('mrr_at_risk', answer.rows);
  return {
    status: answer.length === 0 ? 'unknown' : urgent.length > 0 ? 'attention' : 'fine',
    figure: answer.length === 0 ? t('home.no-predictions', 'No predictions yet') : answer.show('mrr_at_risk', atRisk),
    target: t('home.risk-target', 'Of {{mrr}} monthly recurring revenue with a prediction', {
      mrr: answer.show('mrr', mrr),
    }),
    details: urgent.map((row) =>
      t('home.risk-detail', '{{count}} customers at {{level}} risk', {
        count: answer.text('scored_customers', row),
        level: answer.text('risk_level', row),
      })
    ),
    link: { href: linkTo('churn'), text: t('home.risk-link', 'Open the worklist') },
  };
}

const movements = ['mrr_new', 'mrr_expansion', 'mrr_contraction', 'mrr_churn', 'subscriber_churn_rate'];

export async function anomalies(uid: string): Promise<Finding> {
  const view = 'mrr_movements';
  const question = {
    view,
    measures: members(view, movements),
    timeDimension: { dimension: `${view}.month`, granularity: 'month' },
    filters: [condition(view, 'is_partial', 'equals', ['false'])],
    order: [{ member: `${view}.month`, direction: 'desc' as const }],
    limit: 13,
  };
  const answer = await ask(uid, question);
  // The newest month comes first; the time column has the member's name.
  const oldestFirst = [...answer.rows].reverse();
  const found = movements.flatMap((name) => {
    const anomaly = anomalyOf(
      name,
      oldestFirst.map((row) => answer.number(name, row))
    );
    return anomaly ? [anomaly] : [];
  });
  const titleOf = (name: string) => {
    const config = answer.frame.fields.find((field) => field.name === name)?.config;
    return config?.displayNameFromDS ?? name;
  };
  return {
    status: answer.length < 7 ? 'unknown' : found.length > 0 ? 'attention' : 'fine',
    figure: t('home.anomalies-figure', '{{found}} of {{all}} figures', { found: found.length, all: movements.length }),
    target: t('home.anomalies-target', 'Target: the last full month within the range of the 12 before'),
    details: found.map(({ name, value, usual }) =>
      t('home.anomalies-detail', '{{name}}: {{value}}, usually {{usual}}', {
        name: titleOf(name),
        value: answer.show(name, value),
        usual: answer.show(name, usual),
      })
    ),
    link: { href: figuresLink(uid, question), text: t('home.anomalies-link', 'Look into the movements') },
  };
}

export async function freshness(uid: string, now = Date.now()): Promise<Finding> {
  const meta = await fetchMeta(uid);
  const view = meta.views.find(({ dimensions }) => dimensions.some(({ name }) => name.endsWith('.as_of')));
  const question = { view: view?.name ?? 'revenue', dimensions: [`${view?.name ?? 'revenue'}.as_of`], limit: 1 };
  const answer = await ask(uid, question);
  const asOf = answer.number('as_of', 0);
  const hours = asOf === null ? null : (now - asOf) / 3_600_000;
  return {
    status: hours === null ? 'unknown' : hours > staleAfterHours ? 'attention' : 'fine',
    figure: asOf === null ? t('home.no-data', 'No data yet') : dateTimeFormat(asOf, { format: 'YYYY-MM-DD HH:mm' }),
    target: t('home.fresh-target', 'Target: figures of the last {{hours}} hours', { hours: staleAfterHours }),
    details:
      hours !== null && hours > staleAfterHours
        ? [t('home.fresh-detail', 'The newest figures are {{days}} days old', { days: Math.floor(hours / 24) })]
        : [],
    link: { href: linkTo('metrics', { view: question.view }), text: t('home.fresh-link', 'What the figures mean') },
  };
}
