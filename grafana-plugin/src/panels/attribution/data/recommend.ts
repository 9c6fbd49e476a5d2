import { t } from '../../../i18n/t';
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
    const values = { conversions: show('credit', credit), needed: leastConversions };
    return {
      row,
      reason:
        cacPaid === null
          ? t('reasons.few', '{{conversions}} conversions; {{needed}} are needed', { ...values, count: credit })
          : t('reasons.few-for-spend', '{{conversions}} conversions; {{needed}} or {{spend}} of spend are needed', {
              ...values,
              spend: show('spend', leastConversions * cacPaid),
              count: credit,
            }),
    };
  }
  if (row.mature !== true) {
    const reason =
      row.mature === null
        ? t(
            'reasons.maturity-unknown',
            'nothing says whether its value is complete: later payments would still change the ROI'
          )
        : t('reasons.immature', 'its latest conversions are immature: later payments would still change the ROI');
    return { row, reason };
  }
  if (credit === 0) {
    return {
      row,
      action: 'pause',
      evidence: t('evidence.none', 'No conversion for {{spend}}, which elsewhere bought {{count}} or more.', {
        spend: show('spend', spend),
        count: leastConversions,
      }),
      impact: t('impact.saves', 'Saves {{spend}} in a period like this.', { spend: show('spend', spend) }),
    };
  }
  const roi = evaluate(row, 'roi', model);
  const lower = evaluate(row, 'roi_lower', model);
  const upper = evaluate(row, 'roi_upper', model);
  if (roi === null || lower === null || upper === null) {
    return {
      row,
      reason:
        roi === null
          ? t('reasons.no-roi', 'its ROI is unknown')
          : t('reasons.no-interval', 'the ROI comes without a 95% interval'),
    };
  }
  const interval = { roi: show('roi', roi), lower: show('roi', lower), upper: show('roi', upper) };
  const band = bands.find(({ holds }) => holds(lower, upper));
  if (!band) {
    return {
      row,
      reason: t(
        'reasons.bands',
        'ROI {{roi}} (95% interval {{lower}} to {{upper}}): the interval lies in more than one band',
        interval
      ),
    };
  }
  const evidence = t(
    'evidence.return',
    'ROI {{roi}} (95% interval {{lower}} to {{upper}}) on {{spend}} and {{conversions}} conversions.',
    { ...interval, spend: show('spend', spend), conversions: show('credit', credit), count: credit }
  );
  return { row, action: band.action, evidence, impact: impactOf(band.action, spend, credit, show) };
}

function impactOf(action: Action, spend: number, credit: number, show: Show): string {
  const part = {
    share: `${step * 100}%`,
    spend: show('spend', step * spend),
    conversions: show('credit', step * credit),
  };
  switch (action) {
    case 'increase':
      return t(
        'impact.increase',
        'If the return holds, {{share}} more spend ({{spend}}, about {{conversions}} conversions) earns more than it costs.',
        { ...part, count: step * credit }
      );
    case 'decrease':
      return t('impact.decrease', '{{share}} less spend frees {{spend}}, about {{conversions}} conversions at stake.', {
        ...part,
        count: step * credit,
      });
    case 'pause':
      return t('impact.pause', 'Saves {{spend}} in a period like this, {{conversions}} conversions at stake.', {
        spend: show('spend', spend),
        conversions: show('credit', credit),
        count: credit,
      });
    default:
      return t('impact.hold', 'No change; spend and return are in balance.');
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
  return {
    row,
    action: 'new_creative',
    evidence: t('evidence.clicks', '{{rate}} of {{clicks}} clicks converted (95% interval up to {{upper}}).', {
      rate: show('conversion_rate', rate),
      clicks: show('clicks', clicks),
      count: clicks,
      upper: show('conversion_rate', upper),
    }),
    impact: t('impact.creative', 'At {{rate}} the same clicks would bring {{conversions}} more conversions.', {
      rate: show('conversion_rate', goodRate),
      conversions: show('credit', (goodRate - rate) * clicks),
      count: (goodRate - rate) * clicks,
    }),
  };
}
