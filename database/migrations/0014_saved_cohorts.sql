-- Up Migration

alter table cohorts
  add column created_by text,
  add column updated_at timestamptz,
  add column updated_by text,
  add column version int not null default 1 check (version > 0),
  add column deleted_at timestamptz,
  add column deleted_by text,
  add check ((updated_at is null) = (updated_by is null)),
  add check ((deleted_at is null) = (deleted_by is null));
create unique index cohorts_name on cohorts (lower(name)) where deleted_at is null;

comment on column cohorts.filter_criteria is 'JSON object of conditions that choose its customers: {"kind": "paying", "filters": [{"member", "operator", "values"}]} with members of the kind''s view.';
comment on column cohorts.created_by is 'User who saved it. Null: not known.';
comment on column cohorts.updated_at is 'When it was last changed. Null: never.';
comment on column cohorts.updated_by is 'User who changed it last. Null: nobody.';
comment on column cohorts.version is 'Grows with each change, so that two people who edit at once are told.';
comment on column cohorts.deleted_at is 'When it was deleted; the row stays for the record. Null: it was not.';
comment on column cohorts.deleted_by is 'User who deleted it. Null: nobody.';

-- Down Migration

drop index cohorts_name;
alter table cohorts
  drop column created_by, drop column updated_at, drop column updated_by, drop column version,
  drop column deleted_at, drop column deleted_by;
comment on column cohorts.filter_criteria is 'JSON object of conditions that choose its customers.';
