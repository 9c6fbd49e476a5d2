import { Fraction } from '../support/decimal.ts';
import type { Instant } from '../support/zone.ts';
import type { Slicers } from './attributes.ts';
import { attributesAt, groupBy } from './attributes.ts';
import type { Economics } from './cohort-economics.ts';
import { economicMeasures, economics } from './cohort-economics.ts';
import { customerValues } from './customer-value.ts';
import type { Measure } from './oracle.ts';
import { defineOracle, monthStart } from './oracle.ts';

interface Profile {
  time: Instant;
  dims: Slicers;
  months: number;
  sessions: number;
  seconds: number;
  did: Set<string>;
  isCounselled: boolean;
  revenue: Fraction;
  realised: Fraction | null;
  /** Null before that age, and where no margin is known. */
  atSix: Fraction | null;
  economics: Economics;
}

const mean =
  (amount: (profile: Profile) => number): Measure<Profile> =>
  (profiles) =>
    profiles.length === 0 ? null : profiles.reduce((sum, profile) => sum + amount(profile), 0) / profiles.length;
const did = (activity: string) => mean((profile) => Number(profile.did.has(activity)));
const perMonth =
  (amount: (profile: Profile) => number): Measure<Profile> =>
  (profiles) => {
    const months = profiles.reduce((sum, profile) => sum + profile.months, 0);
    return months === 0 ? null : profiles.reduce((sum, profile) => sum + amount(profile), 0) / months;
  };

/** Mean of the value at age 6 plus so many standard errors; null under 30 customers. */
const atSix =
  (errors: number): Measure<Profile> =>
  (profiles) => {
    const values = profiles.flatMap((profile) => profile.atSix?.toNumber() ?? []);
    if (values.length < 30) return null;
    const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
    return centre + errors * Math.sqrt(squares / (values.length - 1) / values.length);
  };

/** Everyone who signed up by T, with what they did and were worth. */
export const cohortProfiles = defineOracle<Profile>({
  view: 'cohort_profiles',
  time: 'cohort_month',
  facts(data, at) {
    const values = customerValues(data, at);
    const worths = economics(data, at);
    const events = groupBy(
      data.activity.filter((event) => event.at <= at),
      (event) => event.customer,
    );
    const held = new Set(
      data.counseling.flatMap(({ customer, startedAt }) => (startedAt !== null && startedAt <= at ? customer : [])),
    );
    const running = data.zone.month(at);
    const ended = at >= data.zone.monthEnd(running) ? running : running - 1;
    return data.customers
      .filter((customer) => customer.createdAt <= at)
      .flatMap((customer) => {
        const worth = worths.get(customer.id);
        if (!worth) return [];
        const begin = data.zone.month(customer.createdAt);
        const own = events.get(customer.id) ?? [];
        const counted = own.filter((event) => data.zone.month(event.at) >= begin && data.zone.month(event.at) <= ended);
        return {
          time: monthStart(data, begin),
          dims: attributesAt(data, customer, at),
          months: Math.max(0, ended - begin + 1),
          sessions: new Set(counted.map((event) => event.session ?? event)).size,
          seconds: counted.reduce((sum, event) => sum + (event.seconds ?? 0), 0),
          did: new Set(own.map((event) => event.activity)),
          isCounselled: held.has(customer.id),
          revenue: values.revenue(customer.id, -Infinity, at),
          realised: values.between(customer.id, -Infinity, at),
          economics: worth,
          atSix: begin + 6 <= ended ? values.between(customer.id, -Infinity, data.zone.monthEnd(begin + 6)) : null,
        };
      });
  },
  measures: {
    cohort_size: (profiles) => profiles.length,
    sessions_per_customer_month: perMonth((profile) => profile.sessions),
    minutes_per_customer_month: perMonth((profile) => profile.seconds / 60),
    viewed_results_share: did('view_results'),
    attended_counseling_share: mean((profile) => Number(profile.isCounselled)),
    downloaded_app_share: did('download_app'),
    shared_results_share: did('share_results'),
    net_revenue: (profiles) => Fraction.sum(profiles.map(({ revenue }) => revenue)),
    revenue_per_customer: mean((profile) => profile.revenue.toNumber()),
    ltv_realised: (profiles, period) =>
      profiles.some(({ realised }) => realised === null)
        ? null
        : mean((profile) => profile.realised?.toNumber() ?? 0)(profiles, period),
    customers_at_6: (profiles) => profiles.filter((profile) => profile.atSix !== null).length,
    value_at_6: atSix(0),
    value_at_6_low: atSix(-1.959963984540054),
    value_at_6_high: atSix(1.959963984540054),
    ...economicMeasures,
  },
});
