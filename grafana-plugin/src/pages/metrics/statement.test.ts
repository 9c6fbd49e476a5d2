import { formulaOf, tablesOf } from './statement';

const statement = `SELECT
      sum("m".mrr) / nullif(count("m".id), 0) "revenue__arpa"
    FROM
      (with active as materialized (
  select s.*, extract(month from s.started_at) from subscriptions s -- from nowhere
  join (select *, lead(valid_from) over (partition by id) from "public"."subscription_terms") t on true
), rates as (select currency from reporting.rates where note = 'from hell, join us')
select * from active join rates on true
cross join lateral (select 1 from generate_series(1, 2)) x
join reporting.calendar d on d.day is distinct from d.day
left join customers c on true) AS "m" LIMIT 10000`;

test('the tables of a statement, without its own expressions, functions and texts', () => {
  expect(tablesOf(statement)).toEqual([
    'customers',
    'reporting.calendar',
    'reporting.rates',
    'subscription_terms',
    'subscriptions',
  ]);
  expect(tablesOf('')).toEqual([]);
});

test('the formula of a measure', () => {
  expect(formulaOf(statement)).toBe('sum("m".mrr) / nullif(count("m".id), 0)');
  expect(formulaOf(`SELECT count(case when x = ' from ' then 1 end) AS "v__m" FROM t`)).toBe(
    `count(case when x = ' from ' then 1 end)`
  );
  expect(formulaOf('SELECT 1')).toBeUndefined();
  expect(formulaOf('no statement')).toBeUndefined();
  expect(formulaOf("SELECT 'open from t")).toBeUndefined();
});
