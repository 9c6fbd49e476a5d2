import type { View } from '../../datasource/meta';
import type { Answer } from '../shared/answer';
import { condition, type Question } from '../shared/cube';
import { riskLevels, type RiskLevel } from './churn';

export const churnView = 'churn_risk';

/** What a row of the worklist shows, as far as the role sees it. */
const dimensions = [
  'customer_id',
  'risk_level',
  'probability',
  'top_factors',
  'intervention',
  'predicted_churn_date',
  'is_hold_out',
  'channel',
  'payer_type',
];

/** More than anybody works through in a day; the table pages within. */
export const mostRows = 1_000;

/** The predictions to work on, most revenue at risk first. One row more than is shown tells whether there are more. */
export function worklistQuestion(view: View, risk: RiskLevel | 'all'): Question {
  const member = (name: string) => `${view.name}.${name}`;
  const visible = new Set(view.dimensions.map(({ name }) => name));
  return {
    view: view.name,
    dimensions: dimensions.map(member).filter((name) => visible.has(name)),
    measures: [member('mrr'), member('at_risk_mrr')],
    filters: risk === 'all' ? [] : [condition(view.name, 'risk_level', 'equals', [risk])],
    order: [{ member: member('at_risk_mrr'), direction: 'desc' }],
    limit: mostRows + 1,
  };
}

export interface WorkItem {
  /** Empty where the role does not see which customer it is. */
  customerId: string;
  risk: RiskLevel;
  probability: number;
  mrr: number;
  atRisk: number;
  mrrText: string;
  atRiskText: string;
  factors: string;
  intervention: string;
  churnDate: string;
  holdOut: boolean;
}

export function workItems(answer: Answer): WorkItem[] {
  return answer.rows.slice(0, mostRows).map((row) => ({
    customerId: answer.string('customer_id', row) ?? '',
    risk: riskLevels.find((level) => level === answer.string('risk_level', row)) ?? 'low',
    probability: answer.number('probability', row) ?? 0,
    mrr: answer.number('mrr', row) ?? 0,
    atRisk: answer.number('at_risk_mrr', row) ?? 0,
    mrrText: answer.text('mrr', row),
    atRiskText: answer.text('at_risk_mrr', row),
    factors: answer.string('top_factors', row) ?? '',
    intervention: answer.string('intervention', row) ?? '',
    churnDate: answer.text('predicted_churn_date', row),
    holdOut: answer.isTrue('is_hold_out', row),
  }));
}

/** Rows whose texts hold every word of the search, in any case. */
export function search(items: readonly WorkItem[], text: string): WorkItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const hay = `${item.customerId} ${item.risk} ${item.factors} ${item.intervention}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}
