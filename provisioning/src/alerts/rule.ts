import { allPanels, uidOf, type dashboard as build } from '../dashboard.ts';
import { stored, type Step, type StoredStep } from './data.ts';

export type Severity = 'low' | 'medium' | 'high' | 'critical';
export type Team = 'operations' | 'platform' | 'data' | 'customers' | 'finance' | 'marketing';

/** What a rule's alert is about; the alert service knows by which label of the series each is told apart. */
export type Entity =
  | 'company'
  | 'lab_partner'
  | 'counselor'
  | 'payer'
  | 'channel'
  | 'component'
  | 'table'
  | 'job'
  | 'feature'
  | 'reconciliation';

export interface RuleOptions {
  /** After `fua-` the uid, and the name of the runbook in docs/runbooks. */
  name: string;
  title: string;
  severity: Severity;
  team: Team;
  type: string;
  entity: Entity;
  /** How long it must hold before anybody is told. */
  for: string;
  /** Named steps; the last one tells for each combination of dimensions whether the alert fires. */
  steps: Record<string, Step>;
  /** The step that holds the figure, and the one that holds its target, or the target itself. */
  value: string;
  target: string | number;
  /** What no rows, and figures that are undefined, mean here. */
  noData: 'OK' | 'NoData' | 'Alerting' | 'KeepLast';
  /** What it means here that Cube does not answer. */
  error: 'Error' | 'KeepLast';
  /** In plain words, with figure and target; `{{ $values.STEP.Value }}` and `{{ $labels.DIMENSION }}` are filled in. */
  summary: string;
  description: string;
  panel: Panel;
}

export interface Panel {
  dashboardUid: string;
  panelId: number;
}

/** The panel of a dashboard that shows a rule's figure. @throws Error when there is not exactly one of the title */
export function panelOf(dashboard: ReturnType<typeof build>, title: string): Panel {
  const found = allPanels(dashboard).filter(({ type, title: own }) => type !== 'row' && own === title);
  const [panel] = found;
  if (found.length !== 1 || typeof panel?.id !== 'number' || dashboard.uid === undefined) {
    throw new Error(`The dashboard ${dashboard.title ?? ''} has ${found.length} panels "${title}", not one.`);
  }
  return { dashboardUid: dashboard.uid, panelId: panel.id };
}

/** A rule as Grafana's provisioning reads it. */
export interface Rule {
  uid: string;
  title: string;
  condition: string;
  data: StoredStep[];
  for: string;
  noDataState: RuleOptions['noData'];
  execErrState: RuleOptions['error'];
  labels: { severity: Severity; team: Team; type: string; entity: Entity };
  annotations: Record<
    'summary' | 'description' | 'value' | 'threshold' | 'runbook_url' | '__dashboardUid__' | '__panelId__',
    string
  >;
}

export function rule(options: RuleOptions): Rule {
  const { name, title, severity, team, type, entity, steps, value, target, summary, description, panel } = options;
  const figure = (step: string | number) => (typeof step === 'number' ? String(step) : `{{ $values.${step}.Value }}`);
  return {
    uid: uidOf(name),
    title,
    condition: Object.keys(steps).at(-1) ?? '',
    data: Object.entries(steps).map(([refId, step]) => stored(refId, step)),
    for: options.for,
    noDataState: options.noData,
    execErrState: options.error,
    labels: { severity, team, type, entity },
    annotations: {
      summary,
      description,
      value: figure(value),
      threshold: figure(target),
      runbook_url: `docs/runbooks/${name}.md`,
      __dashboardUid__: panel.dashboardUid,
      __panelId__: String(panel.panelId),
    },
  };
}

/** Rules that are evaluated together. */
export interface RuleGroup {
  /** File name and name of the group. */
  name: string;
  interval: string;
  rules: Rule[];
}

/** A file of Grafana's alerting provisioning. */
export function ruleFile({ name, interval, rules }: RuleGroup) {
  return { apiVersion: 1, groups: [{ orgId: 1, name, folder: 'Fair Underwriting alerts', interval, rules }] };
}
