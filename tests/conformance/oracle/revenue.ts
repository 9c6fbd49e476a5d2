import { Fraction, ratio } from '../support/decimal.ts';
import { attributesAt } from './attributes.ts';
import type { Slicers } from './attributes.ts';
import { count, defineOracle, sum } from './oracle.ts';
import { ratesOf, runningAt, subscriptionsByCustomer, worth } from './recurring.ts';

interface Subscriber {
  dims: Slicers;
  mrr: Fraction;
  underNotice: Fraction;
}

const mrr = sum<Subscriber>((fact) => fact.mrr) as (facts: readonly Subscriber[]) => Fraction;
const subscribers = (facts: readonly Subscriber[]) => facts.filter((fact) => fact.mrr.sign > 0).length;

/** Each customer's recurring revenue at T. */
export const revenue = defineOracle<Subscriber>({
  view: 'revenue',
  facts(data, at) {
    const contracts = subscriptionsByCustomer(data);
    const rates = ratesOf(data, data.zone.day(at));
    return data.customers.flatMap((customer) => {
      const running = runningAt(contracts.get(customer.id) ?? [], at);
      if (running.length === 0) return [];
      const noticed = running.filter((part) => part.underNotice);
      return {
        dims: attributesAt(data, customer, at),
        mrr: worth(running, rates),
        underNotice: worth(noticed, rates),
      };
    });
  },
  measures: {
    mrr,
    mrr_under_notice: sum((fact) => fact.underNotice),
    arr: (facts) => mrr(facts).times(Fraction.of(12)),
    subscribers: count((fact) => fact.mrr.sign > 0),
    arpa: (facts) => ratio(mrr(facts), subscribers(facts)),
  },
});
