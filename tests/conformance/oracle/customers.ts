import type { Instant } from '../support/zone.ts';
import { dayMicros } from '../support/zone.ts';
import type { Slicers } from './attributes.ts';
import { attributesAt } from './attributes.ts';
import { count, defineOracle } from './oracle.ts';

interface Known {
  dims: Slicers;
  isActive: boolean;
}

/** Everyone who signed up by T. */
export const customers = defineOracle<Known>({
  view: 'customers',
  facts(data, at) {
    const recent = data.activity.filter((event) => event.at <= at && event.at > at - 30 * dayMicros);
    const active = new Set(recent.map((event) => event.customer));
    return data.customers
      .filter((customer) => customer.createdAt <= at)
      .map((customer) => ({ dims: attributesAt(data, customer, at), isActive: active.has(customer.id) }));
  },
  measures: {
    customers: count(() => true),
    active_customers_30d: count((fact) => fact.isActive),
  },
});

interface SignUp {
  time: Instant;
  dims: Slicers;
}

/** Sign-ups up to T, by their day. */
export const signups = defineOracle<SignUp>({
  view: 'signups',
  time: 'date',
  facts: (data, at) =>
    data.customers
      .filter((customer) => customer.createdAt <= at)
      .map((customer) => ({ time: customer.createdAt, dims: attributesAt(data, customer, at) })),
  measures: { new_customers: count(() => true) },
});
