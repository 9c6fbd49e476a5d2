import type { ClientBase } from 'pg';
import type { Snapshot } from '../features/snapshots.ts';
import type { Choice, MonthNumber } from './read-journeys.ts';

export interface Fit {
  readonly month: MonthNumber;
  readonly journeys: number;
  readonly conversions: number;
  /** By channel. */
  readonly effects: ReadonlyMap<string, number>;
}

/** After so many days a month's stored figures stay. */
const daysToClose = 10;

/** The months of each choice, from the first conversion of the kind to the present, that are to be fitted. */
export async function openMonths(
  client: ClientBase,
  { at }: Snapshot,
  refit: boolean,
): Promise<{ open: (Choice & { month: MonthNumber })[]; closed: number }> {
  const { rows } = await client.query<Choice & { month: MonthNumber; is_closed: boolean }>(
    `select k.kind, l.lookback, m.month_number as month,
       not $2 and exists (
         select from markov_fits f
         where (f.conversion_kind, f.lookback_days, f.month) = (k.kind, l.lookback, m.month)
           and f.made_at >= reporting.day_end(m.next_month - 1) + make_interval(days => $3)
           -- Replacing all data takes the effects away with their channels.
           and (f.journeys = 0 or exists (
             select from markov_removal_effects e
             where (e.conversion_kind, e.lookback_days, e.month) = (f.conversion_kind, f.lookback_days, f.month)
           ))
       ) as is_closed
     from (
       select 'first_payment' as kind, min(paid_at) as since from invoices where customer_id is not null
       union all
       select 'sign_up', min(created_at) from customers
     ) k
     cross join unnest(array[7, 30, 60, 90]) as l (lookback)
     join reporting.months m on m.month_number
       between reporting.month_number(k.since, reporting.time_zone()) and reporting.month_number($1, reporting.time_zone())
     order by k.kind, l.lookback, m.month_number`,
    [at, refit, daysToClose],
  );
  const open = rows.filter((row) => !row.is_closed);
  return { open, closed: rows.length - open.length };
}

/** Stores fits of a choice in place of those of the same months. */
export async function storeFits(
  client: ClientBase,
  { at }: Snapshot,
  { kind, lookback }: Choice,
  fits: readonly Fit[],
): Promise<void> {
  const rows = fits.map(({ effects, ...fit }) => ({ ...fit, effects: Object.fromEntries(effects) }));
  await client.query(
    `delete from markov_fits f using reporting.months m
     where f.conversion_kind = $1 and f.lookback_days = $2 and m.month = f.month and m.month_number = any ($3)`,
    [kind, lookback, fits.map(({ month }) => month)],
  );
  await client.query(
    `with given as (
       select m.month, least(reporting.day_end(m.next_month - 1), $3::timestamptz) as fitted_through,
         g.journeys, g.conversions, g.effects
       from jsonb_to_recordset($4) as g (month int, journeys int, conversions int, effects jsonb)
       join reporting.months m on m.month_number = g.month
     ),
     fitted as (
       insert into markov_fits (conversion_kind, lookback_days, month, fitted_through, made_at, journeys, conversions)
       select $1, $2, m.month, m.fitted_through, $3, m.journeys, m.conversions from given m
     )
     insert into markov_removal_effects (conversion_kind, lookback_days, month, channel, removal_effect)
     select $1, $2, m.month, e.channel, e.effect::float8
     from given m cross join lateral jsonb_each_text(m.effects) as e (channel, effect)`,
    [kind, lookback, at, JSON.stringify(rows)],
  );
}
