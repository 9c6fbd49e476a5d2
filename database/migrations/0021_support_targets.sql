-- Up Migration

create table support_targets (
  priority text primary key check (priority in ('low', 'medium', 'high', 'critical')),
  first_response_hours numeric(7, 2) not null check (first_response_hours > 0),
  resolution_days numeric(7, 2) not null check (resolution_days > 0)
);
insert into support_targets values ('critical', 1, 1), ('high', 4, 2), ('medium', 8, 4), ('low', 24, 7);
comment on table support_targets is '[operations] One row per priority of support tickets: what is aimed at.';
comment on column support_targets.priority is 'The priority; one without a row has no targets.';
comment on column support_targets.first_response_hours is 'Longest time to the first answer by a person, in hours around the clock.';
comment on column support_targets.resolution_days is 'Longest time to the solution, in days of 24 hours.';

-- Down Migration

drop table support_targets;
