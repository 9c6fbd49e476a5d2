import type { View } from '../../datasource/meta';
import type { Question, TimeWindow } from '../shared/cube';

export const conversionKinds = ['first_payment', 'sign_up'] as const;
/** Days; 30 is the model's own default. */
export const lookbacks = ['30', '7', '60', '90'] as const;
export const months = ['12', '3', '6', '24'] as const;

export interface Choice {
  by: 'channel' | 'campaign';
  conversion: (typeof conversionKinds)[number];
  lookback: (typeof lookbacks)[number];
  months: (typeof months)[number];
}

/** Every figure that the view has for a channel or campaign. Measures that the model gains later come along. */
export function creditQuestion(view: View, { by, conversion, lookback }: Choice): Question {
  const name = view.name;
  return {
    view: name,
    dimensions: by === 'campaign' ? [`${name}.channel`, `${name}.campaign`] : [`${name}.channel`],
    measures: view.measures.map((measure) => measure.name),
    timeDimension: { dimension: `${name}.date` },
    filters: [
      { member: `${name}.lookback_days`, operator: 'equals', values: [lookback] },
      { member: `${name}.conversion_kind`, operator: 'equals', values: [conversion] },
    ],
  };
}

/** From the start of the calendar month so many months before, to now. */
export function monthsBefore(now: Date, count: number): TimeWindow {
  return { from: new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 1)), to: now };
}
