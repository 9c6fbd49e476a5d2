import { marketingAttribution } from '../dashboards/marketing-attribution.ts';
import { asOf, days, figures, math, type Range } from './data.ts';
import { panelOf, rule, type RuleGroup } from './rule.ts';

/** Days after a conversion that its value is counted for. */
const valueDays = 180;
/** The newest 12 months whose conversions all have that age: before, value is still to come and every channel loses. */
const mature: Range = { from: days(365 + valueDays + 1), to: days(valueDays + 1) };

const channel = (measure: string) =>
  figures('attribution', mature, {
    measures: [measure],
    by: ['channel'],
    time: 'date',
    where: [
      ['lookback_days', 'equals', '30'],
      ['conversion_kind', 'equals', 'first_payment'],
      ['value_days', 'equals', String(valueDays)],
      ['spend', 'gt', '0'],
    ],
  });

const losing = rule({
  name: 'channel-losing-money',
  title: 'Marketing channel loses money',
  severity: 'medium',
  team: 'marketing',
  type: 'channel_roi',
  entity: 'channel',
  // It rests on a year: a day tells a slip of the data from one of the channel.
  for: '1d',
  steps: {
    roi: channel('roi_markov'),
    credit: channel('markov'),
    spend: channel('spend'),
    cac: figures('unit_economics', asOf, { measures: ['cac_paid'], time: 'as_of' }),
    // Enough to judge by: 20 conversions, or spend that should have brought 20.
    losing: math('$roi < 0 && ($credit >= 20 || $spend >= 20 * $cac)'),
  },
  value: 'roi',
  target: 0,
  // No channel had spend, or none of its conversions has a value yet.
  noData: 'OK',
  error: 'KeepLast',
  summary:
    '{{ $labels.channel }} returned {{ humanizePercentage $values.roi.Value }} on what was spent on it; the target is 0% or more. {{ humanize $values.spend.Value }} brought the credit of {{ humanize $values.credit.Value }} conversions.',
  description:
    'Return on spend by the Markov model, first payments, lookback 30 days, value within 180 days, over the newest 12 months that are old enough to count it all.',
  panel: panelOf(marketingAttribution, 'Channels'),
});

export const marketingRules: RuleGroup = { name: 'marketing', interval: '10m', rules: [losing] };
