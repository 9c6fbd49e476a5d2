-- A small shop: what the tests of the guard, of portable mode and of rollups ask about.
create schema rollups;

create table customers (
  id int primary key,
  country text not null,
  email text
);

create table orders (
  id int primary key,
  customer_id int not null references customers,
  status text not null,
  is_gift boolean,
  amount numeric(30, 10),
  ordered_at timestamptz not null
);

create table salaries (
  id int primary key,
  person text not null,
  amount int not null
);

insert into customers values
  (1, 'DE', 'anna@example.org'),
  (2, 'DE', 'bert@example.org'),
  (3, 'US', null);

-- One order an hour over ten days, from 2024-01-01: 240 orders, amounts 1 to 240.
insert into orders
select n, 1 + n % 3, case when n % 4 = 0 then 'open' else 'paid' end, case when n % 5 = 0 then null else n % 2 = 0 end,
  n, timestamptz '2024-01-01 00:30:00+00' + (n - 1) * interval '1 hour'
from generate_series(1, 240) n;

insert into salaries values (1, 'Anna', 5000), (2, 'Bert', 7000);
