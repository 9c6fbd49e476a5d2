-- Up Migration

create table month_closes (
  month date primary key check (extract(day from month) = 1),
  as_of timestamptz not null check (isfinite(as_of)),
  closed_at timestamptz not null default current_timestamp
);
comment on table month_closes is '[platform] One row per month that was closed: its figures were stored, 10 days after it ended or later. Written by npm run close-month; a source system has none.';
comment on column month_closes.month is 'First day of the month.';
comment on column month_closes.as_of is 'The figures rest on what was known at this instant of the reports.';
comment on column month_closes.closed_at is 'When they were stored.';

create table month_figures (
  month date not null references month_closes (month) on delete cascade,
  figure text not null check (figure <> ''),
  value numeric not null,
  primary key (month, figure)
);
comment on table month_figures is '[platform] One row per closed month and headline figure, as the month was closed with it. Written by npm run close-month; a source system has none.';
comment on column month_figures.month is 'The month.';
comment on column month_figures.figure is 'Name of the figure, as in the view restatement.';
comment on column month_figures.value is 'What it was; money in the reporting currency of then.';

insert into table_expectations (table_name, fact_column, fresh_hours) values
  ('month_closes', 'as_of', null), ('month_figures', null, null);

-- Down Migration

delete from table_expectations where table_name in ('month_closes', 'month_figures');
drop table month_figures, month_closes;
