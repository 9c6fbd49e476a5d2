import type { View } from '../../datasource/meta';
import type { Answer } from '../shared/answer';
import { condition, members, type Question } from '../shared/cube';
import { riskLevels, type RiskLevel } from './churn';

export const churnView = 'churn_risk';

/** What a row shows of a customer, as far as the role sees it. */
const ofCustomer = ['customer_id', 'risk_level', 'factors', 'intervention', 'predicted_churn_date', 'is_hold_out'];

/** What rows are grouped by for roles that see no single customers. */
const ofGroup = ['risk_level', 'plan', 'channel'];

const measures = ['scored_customers', 'churn_probability', 'mrr', 'expected_mrr_loss'];

/** More than anybody works through in a day; the table pages within. */
export const mostRows = 1_000;

/** Whether the role sees which customers are at risk, or only how many. */
export function seesCustomers(view: View): boolean {
  return view.dimensions.some(({ name }) => name === `${view.name}.customer_id`);
}

/** The predictions to work on, largest expected loss first. One row more than is shown tells whether there are more. */
export function worklistQuestion(view: View, risk: RiskLevel | 'all'): Question {
  const visible = new Set(view.dimensions.map(({ name }) => name));
  const dimensions = members(view.name, seesCustomers(view) ? ofCustomer : ofGroup);
  return {
    view: view.name,
    dimensions: dimensions.filter((name) => visible.has(name)),
    measures: members(view.name, measures),
    filters: risk === 'all' ? [] : [condition(view.name, 'risk_level', 'equals', [risk])],
    order: [{ member: `${view.name}.expected_mrr_loss`, direction: 'desc' }],
    limit: mostRows + 1,
  };
}

export interface WorkItem {
  /** Empty for a group. */
  customerId: string;
  /** Plan and channel of a group. */
  group: string;
  customers: number;
  risk: RiskLevel;
  probability: number;
  mrr: number;
  loss: number;
  mrrText: string;
  lossText: string;
  factors: string;
  intervention: string;
  churnDate: string;
  holdOut: boolean;
}

export function workItems(answer: Answer): WorkItem[] {
  return answer.rows.slice(0, mostRows).map((row) => ({
    customerId: answer.string('customer_id', row) ?? '',
    group: ['plan', 'channel'].flatMap((name) => answer.string(name, row) || []).join(', '),
    customers: answer.number('scored_customers', row) ?? 0,
    risk: riskLevels.find((level) => level === answer.string('risk_level', row)) ?? 'low',
    probability: answer.number('churn_probability', row) ?? 0,
    mrr: answer.number('mrr', row) ?? 0,
    loss: answer.number('expected_mrr_loss', row) ?? 0,
    mrrText: answer.text('mrr', row),
    lossText: answer.text('expected_mrr_loss', row),
    factors: answer.string('factors', row) ?? '',
    intervention: answer.string('intervention', row) ?? '',
    churnDate: answer.string('predicted_churn_date', row) ?? '',
    holdOut: answer.isTrue('is_hold_out', row),
  }));
}

/** The first reasons of a list separated by semicolons, as the model keeps them: the weightiest come first. */
export function firstReasons(factors: string, count = 2): string {
  return factors.split('; ').slice(0, count).join('; ');
}

/** Rows whose texts hold every word of the search, in any case. */
export function search(items: readonly WorkItem[], text: string): WorkItem[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    const hay = `${item.customerId} ${item.group} ${item.risk} ${item.factors} ${item.intervention}`.toLowerCase();
    return words.every((word) => hay.includes(word));
  });
}
