import type { ChannelReturn, RawData } from '../support/raw-data.ts';
import { firstDay } from '../support/zone.ts';
import { dayMicros } from '../support/zone.ts';
import { attributionEntries, models } from './attribution.ts';
import { wilson } from './cohorts.ts';
import { marginAt } from './customer-value.ts';
import type { Measure } from './oracle.ts';
import { count, defineOracle } from './oracle.ts';

interface Figures {
  spend: number;
  conversions: number;
  cac: number | null;
  cac_paid: number | null;
  value: number | null;
  roi: number | null;
  roi_lower: number | null;
  roi_upper: number | null;
  clicks: number;
  conversion_rate: number | null;
  conversion_rate_upper: number | null;
}

interface Decision {
  dims: Record<'channel' | 'campaign' | 'campaign_status' | 'topic' | 'recommendation', string | null>;
  figures: Figures;
}

type Entries = ReturnType<typeof attributionEntries>;

const over = (part: number | null, whole: number) => (part === null || whole === 0 ? null : part / whole);
const spent = (entries: Entries) => entries.reduce((sum, entry) => sum + (entry.spend?.toNumber() ?? 0), 0);

/** The 12 full months at whose end every conversion has the age, and the entries of them. */
function newestComplete(data: RawData, at: number, valueDays: number) {
  let month = data.zone.month(at);
  while (data.zone.monthEnd(month) + valueDays * dayMicros > at) month -= 1;
  return { from: data.zone.midnight(firstDay(month - 11)), to: data.zone.monthEnd(month) };
}

function budget(figures: Figures, isRunning: boolean): string | null {
  const { spend, conversions, cac_paid: cac, roi_lower: lower, roi_upper: upper } = figures;
  const isEligible = conversions >= 20 || (cac !== null && spend >= 20 * cac);
  if (spend === 0 || !isRunning || !isEligible) return null;
  if (conversions === 0) return 'pause';
  if (lower === null || upper === null) return null;
  if (upper < 0) return 'pause';
  if (lower >= 0 && upper < 1) return 'decrease';
  if (lower >= 1 && upper <= 3) return 'hold';
  return lower > 3 ? 'increase' : null;
}

const only =
  (figure: (figures: Figures) => number | null): Measure<Decision> =>
  (rows) =>
    rows.length === 1 && rows[0] ? figure(rows[0].figures) : null;

/** The figures are worked out from the rows; of what was stored only the intervals of the revenue are read. */
export const recommendations = defineOracle<Decision>({
  view: 'channel_recommendations',
  choices: ['lookback_days', 'conversion_kind', 'value_days', 'model'],
  facts(data, at, choices) {
    const {
      model: chosen = 'time_decay',
      lookback_days = '30',
      conversion_kind = 'first_payment',
      value_days = '180',
    } = choices;
    const model = models.find((one) => one === chosen) ?? 'linear';
    const run = data.attributionRuns
      .filter(({ snapshotAt }) => snapshotAt <= at)
      .sort((a, b) => b.snapshotAt - a.snapshotAt)[0];
    if (!run) return [];
    const period = newestComplete(data, run.snapshotAt, Number(value_days));
    const all = attributionEntries(data, run.snapshotAt, { lookback_days, conversion_kind, value_days });
    const entries = all.filter((entry) => entry.time >= period.from && entry.time <= period.to);
    const credit = (rows: Entries) => rows.reduce((sum, entry) => sum + (entry.credits?.[model] ?? 0), 0);
    const isPaid = new Set(data.channels.filter((one) => one.isPaid).map(({ channel }) => channel));
    const bought = entries.filter(({ dims }) => isPaid.has(dims.channel ?? ''));
    const spendOfPaid = new Set(bought.filter((entry) => entry.spend).map(({ dims }) => dims.channel));
    const cacPaid = over(spent(bought), credit(bought.filter(({ dims }) => spendOfPaid.has(dims.channel))));
    const margin = marginAt(data, at)?.toNumber() ?? null;
    const stored = new Map(
      data.channelReturns
        .filter(
          (row) =>
            row.day === run.day &&
            row.model === model &&
            String(row.valueDays) === value_days &&
            String(row.lookbackDays) === lookback_days &&
            row.kind === conversion_kind,
        )
        .map((row): [string, ChannelReturn] => [JSON.stringify([row.channel, row.campaign]), row]),
    );
    const spending = entries.filter((entry) => entry.spend);
    const keys = new Set(
      spending.flatMap(({ dims }) => [
        JSON.stringify([dims.channel, null]),
        ...(dims.campaign === null ? [] : [JSON.stringify([dims.channel, dims.campaign])]),
      ]),
    );
    return [...keys].flatMap((key): Decision[] => {
      const [channel, campaign] = JSON.parse(key) as [string, string | null];
      const own = entries.filter(
        ({ dims }) => dims.channel === channel && (campaign === null || dims.campaign === campaign),
      );
      const status = data.campaigns.find((one) => one.channel === channel && one.name === campaign)?.status ?? null;
      const spend = spent(own);
      const revenue = own.reduce((sum, entry) => sum + (entry.revenue ?? 0) * (entry.credits?.[model] ?? 0), 0);
      const returned = (amount: number | undefined) =>
        margin === null || amount === undefined ? null : over(amount * margin - spend, spend);
      const known = own.filter((entry) => entry.isClickKnown);
      const clicks = known.reduce((sum, entry) => sum + (entry.clicks ?? 0), 0);
      const converted = new Set(known.flatMap(({ customer }) => customer ?? [])).size;
      const figures: Figures = {
        spend,
        conversions: credit(own),
        cac: over(spend, credit(own)),
        cac_paid: cacPaid,
        value: margin === null ? null : revenue * margin,
        roi: returned(revenue),
        roi_lower: returned(stored.get(key)?.low),
        roi_upper: returned(stored.get(key)?.high),
        clicks,
        conversion_rate: over(converted, clicks),
        conversion_rate_upper: wilson(converted, clicks)?.[1] ?? null,
      };
      const isRunning = campaign === null || status === 'active';
      const dims = { channel, campaign, campaign_status: status };
      const rows: Decision[] = [
        { dims: { ...dims, topic: 'budget', recommendation: budget(figures, isRunning) }, figures },
      ];
      if (isRunning && clicks >= 1000 && (figures.conversion_rate_upper ?? 1) < 0.01)
        rows.push({ dims: { ...dims, topic: 'creative', recommendation: 'new_creative' }, figures });
      return rows;
    });
  },
  measures: {
    spend: only(({ spend }) => spend),
    conversions: only(({ conversions }) => conversions),
    cac: only(({ cac }) => cac),
    cac_paid: only(({ cac_paid }) => cac_paid),
    value: only(({ value }) => value),
    roi: only(({ roi }) => roi),
    roi_lower: only(({ roi_lower }) => roi_lower),
    roi_upper: only(({ roi_upper }) => roi_upper),
    clicks: only(({ clicks }) => clicks),
    conversion_rate: only(({ conversion_rate }) => conversion_rate),
    conversion_rate_upper: only(({ conversion_rate_upper }) => conversion_rate_upper),
    recommendations: count(({ dims }) => dims.recommendation !== null),
  },
});
