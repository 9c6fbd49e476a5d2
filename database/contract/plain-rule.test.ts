import { expect, test } from '@jest/globals';
import { plainRule } from './plain-rule.ts';

test.each([
  ["CHECK (sex = ANY (ARRAY['female'::text, 'male'::text]))", "sex in ('female', 'male')"],
  [
    "CHECK (severity::text = ANY (ARRAY['low'::character varying, 'HIGH'::character varying]::text[]))",
    "severity in ('low', 'HIGH')",
  ],
  ['CHECK (paid_at >= issued_at AND isfinite(paid_at))', 'paid_at >= issued_at and paid_at is finite'],
  ['CHECK (reporting.is_plausible("timestamp"))', 'timestamp is within the years 1900 to 2199'],
  ["CHECK (rate > 0::numeric AND rate < 'Infinity'::numeric)", 'rate > 0 and rate < infinity'],
  ['CHECK (customer_id IS NOT NULL OR partner_id IS NOT NULL)', 'customer_id is not null or partner_id is not null'],
])('%s', (definition, plain) => {
  expect(plainRule(definition)).toBe(plain);
});
