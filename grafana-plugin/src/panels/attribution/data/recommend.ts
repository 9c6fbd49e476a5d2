import type { Channels } from './attribution';
import { evaluate } from './evaluate';
import type { Measure } from './measures';
import { ratio, sumOfKnown } from './numbers';
import type { Row } from './rows';
import { wilsonUpper } from './wilson';

export type Action = 'increase' | 'hold' | 'decrease' | 'pause' | 'new_creative';

export interface Recommendation {
  row: Row;
  action: Action;
  evidence: string;
  impact: string;
}

/** A row that nothing can be said of yet. */
export interface Undecided {
  row: Row;
  reason: string;
}

export type Show = (measure: Measure, value: number) => string;

const leastConversions = 20;
const leastClicks = 1000;
const goodRate = 0.01;
/** Share of the spend that an expected impact is worked out for. */
const step = 0.2;

/** Bands of ROI, by the action that they call for; the bounds belong to `hold`, 0 to `decrease`. */
const bands: ReadonlyArray<{ action: Action; holds: (lower: number, upper: number) => boolean }> = [
  { action: 'pause', holds: (_, upper) => upper < 0 },
  { action: 'decrease', holds: (lower, upper) => lower >= 0 && upper < 1 },
  { action: 'hold', holds: (lower, upper) => lower >= 1 && upper <= 3 },
  { action: 'increase', holds: (lower) => lower > 3 },
];

/**
 * What to do with the spend of each channel that has any, by its ROI under a model and the 95% interval of it. Only from
 * figures that are there: without them, or while conversions are immature, the row is undecided.
 */
export function recommend(
  { rows }: Channels,
  model: string,
  show: Show
): { recommendations: Recommendation[]; undecided: Undecided[] } {
  const paid = rows.filter((row) => (row.values.get('spend') ?? 0) > 0);
  const cacPaid = ratio(
    sumOfKnown(paid.map((row) => row.values.get('spend'))),
    sumOfKnown(paid.map((row) => evaluate(row, 'credit', model)))
  );
  const recommendations: Recommendation[] = [];
  const undecided: Undecided[] = [];
  for (const row of paid) {
    const budget = byReturn(row, model, cacPaid, show);
    if ('reason' in budget) {
      undecided.push(budget);
    } else {
      recommendations.push(budget);
    }
    const creative = byClicks(row, model, show);
    if (creative) {
      recommendations.push(creative);
    }
  }
  const spend = ({ row }: { row: Row }) => row.values.get('spend') ?? 0;
  recommendations.sort((a, b) => spend(b) - spend(a));
  undecided.sort((a, b) => spend(b) - spend(a));
  return { recommendations, undecided };
}

function byReturn(row: Row, model: string, cacPaid: number | null, show: Show): Recommendation | Undecided {
  const credit = evaluate(row, 'credit', model) ?? 0;
  const spend = row.values.get('spend') ?? 0;
  const enoughSpend = cacPaid !== null && spend >= leastConversions * cacPaid;
  if (credit < leastConversions && !enoughSpend) {
    const needed = cacPaid === null ? '' : ` or ${show('spend', leastConversions * cacPaid)} of spend`;
    return { row, reason: `${show('credit', credit)} conversions; ${leastConversions}${needed} are needed` };
  }
  if (row.mature !== true) {
    const why =
      row.mature === null ? 'nothing says whether its value is complete' : 'its latest conversions are immature';
    return { row, reason: `${why}: later payments would still change the ROI` };
  }
  if (credit === 0) {
    return {
      row,
      action: 'pause',
      evidence: `No conversion for ${show('spend', spend)}, which elsewhere bought ${leastConversions} or more.`,
      impact: `Saves ${show('spend', spend)} in a period like this.`,
    };
  }
  const roi = evaluate(row, 'roi', model);
  const lower = evaluate(row, 'roi_lower', model);
  const upper = evaluate(row, 'roi_upper', model);
  if (roi === null || lower === null || upper === null) {
    return { row, reason: roi === null ? 'its ROI is unknown' : 'the ROI comes without a 95% interval' };
  }
  const interval = `ROI ${show('roi', roi)} (95% interval ${show('roi', lower)} to ${show('roi', upper)})`;
  const band = bands.find(({ holds }) => holds(lower, upper));
  if (!band) {
    return { row, reason: `${interval}: the interval lies in more than one band` };
  }
  const evidence = `${interval} on ${show('spend', spend)} and ${show('credit', credit)} conversions.`;
  return { row, action: band.action, evidence, impact: impactOf(band.action, spend, credit, show) };
}

function impactOf(action: Action, spend: number, credit: number, show: Show): string {
  const share = `${step * 100}%`;
  const part = `${show('spend', step * spend)}, about ${show('credit', step * credit)} conversions`;
  switch (action) {
    case 'increase':
      return `If the return holds, ${share} more spend (${part}) earns more than it costs.`;
    case 'decrease':
      return `${share} less spend frees ${part} at stake.`;
    case 'pause':
      return `Saves ${show('spend', spend)} in a period like this, ${show('credit', credit)} conversions at stake.`;
    default:
      return 'No change; spend and return are in balance.';
  }
}

function byClicks(row: Row, model: string, show: Show): Recommendation | undefined {
  const clicks = row.values.get('clicks') ?? 0;
  const rate = evaluate(row, 'conversion_rate', model);
  if (clicks < leastClicks || rate === null || rate < 0 || rate > 1) {
    return undefined;
  }
  const upper = wilsonUpper(rate * clicks, clicks);
  if (upper >= goodRate) {
    return undefined;
  }
  const range = `${show('conversion_rate', rate)} of ${show('clicks', clicks)} clicks converted`;
  return {
    row,
    action: 'new_creative',
    evidence: `${range} (95% interval up to ${show('conversion_rate', upper)}).`,
    impact: `At ${show('conversion_rate', goodRate)} the same clicks would bring ${show('credit', (goodRate - rate) * clicks)} more conversions.`,
  };
}
