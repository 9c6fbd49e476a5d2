import { readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';
import type { Snapshot } from '../features/snapshots.ts';
import { models } from './credits.ts';
import { choices, type Choice } from './read-journeys.ts';
import { creditTotals, type Conversion, type Total } from './totals.ts';

const conversionsSql = readFileSync(new URL('./conversions.sql', import.meta.url), 'utf8');
const seed = 42;
const spans = [90, 180, 365] as const;

interface Period {
  readonly valueDays: number;
  readonly from: string;
  readonly to: string;
}

/** What a channel or a campaign cost in a period. */
interface Cost {
  readonly channel: string;
  readonly campaign: string | null;
  readonly isPaid: boolean;
  readonly status: string | null;
  readonly spend: number;
  readonly knownClicks: number;
}

type RawConversion = Omit<Conversion, 'revenue' | 'effects' | 'clicksKnown'> & {
  readonly day: string;
  readonly revenue: Readonly<Partial<Record<string, number>>>;
};

/**
 * Works out what channels and campaigns with any spend cost and brought, for each choice, span and model, and stores it in
 * place of what was stored for the same day. Belongs into the transaction that fitted the chains.
 * @returns the number of rows
 */
export async function storeReturns(client: ClientBase, { day, at }: Snapshot): Promise<number> {
  await client.query('delete from attribution_runs where day = $1', [day]);
  await client.query('insert into attribution_runs (day, snapshot_at) values ($1, $2)', [day, at]);
  const periods = await readPeriods(client, at);
  if (periods.length === 0) return 0;
  const earliest = periods.map(({ from }) => from).sort()[0];
  const costs: Cost[][] = [];
  for (const period of periods) costs.push(await readCosts(client, period));
  const known = await readKnownDays(client, earliest);
  let stored = 0;
  for (const choice of choices) {
    const effects = await readEffects(client, choice);
    const { rows } = await client.query<RawConversion>(conversionsSql, [choice.kind, choice.lookback, earliest]);
    for (const [i, period] of periods.entries()) {
      const conversions = rows
        .filter((row) => row.day >= period.from && row.day <= period.to)
        .map((row) => ({
          ...row,
          revenue: row.revenue[period.valueDays] ?? 0,
          effects: effects(row.day.slice(0, 7)),
          clicksKnown: known.get(row.day) ?? new Set<string>(),
        }));
      stored += await store(client, day, choice, period, joined(costs[i], creditTotals(conversions, seed)));
    }
  }
  return stored;
}

/** For each span the newest 12 months at whose end all conversions have the age that their value is counted for. */
async function readPeriods(client: ClientBase, at: string): Promise<Period[]> {
  const { rows } = await client.query<Period>(
    `select d.days as "valueDays", to_char(m.month - interval '11 months', 'YYYY-MM-DD') as from,
       to_char(m.next_month - 1, 'YYYY-MM-DD') as to
     from unnest($2::int[]) as d (days)
     cross join lateral (
       select m.month, m.next_month from reporting.months m
       where reporting.day_end(m.next_month - 1) + make_interval(hours => 24 * d.days) <= $1
       order by m.month desc limit 1
     ) m`,
    [at, spans],
  );
  return rows;
}

async function readCosts(client: ClientBase, { from, to }: Period): Promise<Cost[]> {
  const { rows } = await client.query<Cost>(
    `with spent as (
       select s.channel, s.campaign_name as campaign, s.clicks,
         case when s.currency = (select currency from reporting.settings) then s.amount
           else round(s.amount * reporting.required_rate(s.currency, s.date), 2)
         end as amount,
         bool_and(s.clicks is not null) over (partition by s.channel, s.date) as is_known
       from marketing_spend s
       where s.date between $1 and $2
     )
     select s.channel, s.campaign, h.is_paid as "isPaid", g.status, sum(s.amount)::float8 as spend,
       coalesce(sum(s.clicks) filter (where s.is_known), 0)::float8 as "knownClicks"
     from (
       select channel, null as campaign, amount, clicks, is_known from spent
       union all
       select channel, campaign, amount, clicks, is_known from spent where campaign is not null
     ) s
     join marketing_channels h on h.channel = s.channel
     left join marketing_campaigns g on g.channel = s.channel and g.name = s.campaign
     group by s.channel, s.campaign, h.is_paid, g.status
     order by s.channel, s.campaign nulls first`,
    [from, to],
  );
  return rows;
}

/** By day, the channels that reported the clicks of all their spend. */
async function readKnownDays(client: ClientBase, from: string): Promise<Map<string, Set<string>>> {
  const { rows } = await client.query<{ day: string; channels: string[] }>(
    `select to_char(date, 'YYYY-MM-DD') as day, array_agg(channel::text) as channels
     from (select date, channel from marketing_spend where date >= $1 group by 1, 2 having count(clicks) = count(*)) known
     group by date`,
    [from],
  );
  return new Map(rows.map(({ day, channels }) => [day, new Set(channels)]));
}

/** The removal effects of the newest chain that reaches to a month (YYYY-MM) at most. */
async function readEffects(client: ClientBase, { kind, lookback }: Choice) {
  const { rows } = await client.query<{ month: string; effects: Record<string, number> | null }>(
    `select to_char(month, 'YYYY-MM') as month,
       jsonb_object_agg(channel, removal_effect) filter (where channel is not null) as effects
     from markov_fits left join markov_removal_effects using (conversion_kind, lookback_days, month)
     where conversion_kind = $1 and lookback_days = $2
     group by month order by month`,
    [kind, lookback],
  );
  const chains = rows.map(({ month, effects }) => ({ month, effects: new Map(Object.entries(effects ?? {})) }));
  const none: ReadonlyMap<string, number> = new Map();
  return (month: string) => chains.findLast((chain) => chain.month <= month)?.effects ?? none;
}

/** Every channel and campaign with spend, with what it was credited with, which may be nothing. */
function joined(costs: readonly Cost[], totals: readonly Total[]) {
  const keyOf = ({ channel, campaign }: { channel: string; campaign: string | null }) =>
    JSON.stringify([channel, campaign]);
  const byKey = new Map(totals.map((total) => [`${total.model} ${keyOf(total)}`, total]));
  const isPaid = new Set(costs.filter((cost) => cost.isPaid).map((cost) => cost.channel));
  const paidSpend = costs.filter((cost) => cost.isPaid && cost.campaign === null);
  const spent = paidSpend.reduce((sum, cost) => sum + cost.spend, 0);
  const cacPaid = (model: string) => {
    const own = totals.filter((total) => total.model === model && total.campaign === null && isPaid.has(total.channel));
    const credit = own.reduce((sum, total) => sum + total.conversions, 0);
    return credit === 0 ? null : spent / credit;
  };
  return models.flatMap((model) => {
    const cac = cacPaid(model);
    return costs.map((cost) => {
      const total = byKey.get(`${model} ${keyOf(cost)}`);
      return {
        model,
        channel: cost.channel,
        campaign: cost.campaign,
        status: cost.status,
        spend: cost.spend,
        conversions: total?.conversions ?? 0,
        revenue: total?.revenue ?? 0,
        low: total?.revenueLow ?? 0,
        high: total?.revenueHigh ?? 0,
        clicks: cost.knownClicks,
        converted: total?.knownConverted ?? 0,
        cac,
      };
    });
  });
}

async function store(
  client: ClientBase,
  day: string,
  { kind, lookback }: Choice,
  { valueDays, from, to }: Period,
  rows: readonly object[],
): Promise<number> {
  await client.query(
    `insert into channel_returns (day, conversion_kind, lookback_days, value_days, period_from, period_to, model, channel,
       campaign, campaign_status, spend, conversions, revenue, revenue_low, revenue_high, known_clicks, known_converted, cac_paid)
     select $1, $2, $3, $4, $5, $6, g.* from jsonb_to_recordset($7) as g (
       model text, channel text, campaign text, status text, spend numeric, conversions float8, revenue float8, low float8,
       high float8, clicks bigint, converted int, cac float8
     )`,
    [day, kind, lookback, valueDays, from, to, JSON.stringify(rows)],
  );
  return rows.length;
}
