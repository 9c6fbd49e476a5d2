-- Up Migration

create table query_audit (
  id uuid primary key,
  at timestamptz not null check (isfinite(at)),
  user_name text not null check (user_name <> ''),
  roles text[] not null check (cardinality(roles) > 0),
  source text not null check (source in ('rest', 'sql_api')),
  action text not null check (action in ('load', 'dry-run', 'subscribe', 'sql')),
  view text,
  members text[] not null,
  status int not null check (status between 100 and 599),
  duration_ms int not null check (duration_ms >= 0)
);
create index query_audit_at on query_audit (at);
comment on table query_audit is '[platform] One row per query that Cube was asked: who, what, when and how it ended; never a value of a filter. Written by Cube''s server; a source system has none.';
comment on column query_audit.id is 'Made by the server, so that a row sent twice is kept once.';
comment on column query_audit.at is 'When the query came.';
comment on column query_audit.user_name is 'Who asked: the subject of the token. [identifying]';
comment on column query_audit.roles is 'Roles of the token.';
comment on column query_audit.source is 'rest, or sql_api: over the Postgres protocol.';
comment on column query_audit.action is 'load or subscribe: the figures; dry-run: whether the query is right; sql: its SQL.';
comment on column query_audit.view is 'View asked. Null: the query named none that could be read.';
comment on column query_audit.members is 'Measures, dimensions, segments and filtered members, sorted, with their view''s name. Empty: none could be read.';
comment on column query_audit.status is 'HTTP status of the answer; 499 where the caller left before it.';
comment on column query_audit.duration_ms is 'Milliseconds from the request to its answer.';

create table query_audit_settings (
  only_row boolean primary key default true check (only_row),
  retention_days int not null default 400 check (retention_days >= 30)
);
insert into query_audit_settings default values;
comment on table query_audit_settings is '[platform] One row: how long query_audit is kept.';
comment on column query_audit_settings.only_row is 'Keeps the table to one row.';
comment on column query_audit_settings.retention_days is 'Days after which a row of query_audit is deleted.';

create table leaders (
  user_name text primary key check (user_name <> ''),
  since date not null,
  until date check (until >= since)
);
comment on table leaders is '[platform] One row per member of the leadership, whose weekly look at the figures is the adoption of the product. Empty: whoever asked as executive in the last 90 days counts as one.';
comment on column leaders.user_name is 'User, as in the tokens: the login in Grafana. [identifying]';
comment on column leaders.since is 'First day as a leader, in the reporting zone.';
comment on column leaders.until is 'Last day as a leader. Null: still one.';

-- The writer may insert and nothing else; with this it can drop what is too old, and only that.
create function forget_old_queries() returns bigint language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from query_audit
    where at < now() - make_interval(days => (select retention_days from query_audit_settings))
    returning 1
  )
  select count(*) from gone
$$;
revoke execute on function forget_old_queries from public;
comment on function forget_old_queries is 'Deletes the rows of query_audit that are older than the retention; answers how many.';

-- Down Migration

drop function forget_old_queries;
drop table leaders, query_audit_settings, query_audit;
