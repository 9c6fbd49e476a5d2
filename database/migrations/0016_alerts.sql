-- Up Migration

alter table operational_alerts
  add column fingerprint varchar(100) check (fingerprint <> ''),
  add column started_at timestamptz check (isfinite(started_at)),
  add column ended_at timestamptz check (ended_at >= started_at),
  add column title varchar(300),
  add column team varchar(100),
  add column value double precision,
  add column threshold double precision,
  add column runbook_url text,
  add column dashboard_url text,
  add column reopened_count int not null default 0 check (reopened_count >= 0),
  add check ((fingerprint is null) = (started_at is null)),
  add check (ended_at is null or status = 'resolved'),
  add unique (fingerprint, started_at);
create index operational_alerts_newest on operational_alerts (created_at desc, id desc);
comment on table operational_alerts is '[platform] One row per alert and firing. Written by alerting; a source system has none.';
comment on column operational_alerts.fingerprint is 'What the alert rule calls the thing it fired for; the same each time it fires. Null: not raised by a rule.';
comment on column operational_alerts.started_at is 'When the rule began to fire; with the fingerprint, one firing. Null: not raised by a rule.';
comment on column operational_alerts.ended_at is 'When the rule stopped firing. Null: it fires, or the alert was not raised by a rule.';
comment on column operational_alerts.title is 'Name of the rule. Null: its type says it.';
comment on column operational_alerts.team is 'Who is to act, e.g. operations. Null when not said.';
comment on column operational_alerts.value is 'The figure that was measured. Null when not said.';
comment on column operational_alerts.threshold is 'The figure that it was measured against. Null when not said.';
comment on column operational_alerts.runbook_url is 'What to do about it. Null without.';
comment on column operational_alerts.dashboard_url is 'Where to see it. Null without.';
comment on column operational_alerts.reopened_count is 'How often somebody resolved it while the rule went on firing.';

create table operational_alert_events (
  id bigint generated always as identity primary key,
  alert_id uuid not null references operational_alerts (id) on delete cascade,
  at timestamptz not null check (isfinite(at)),
  kind varchar(20) not null check (kind in ('raised', 'acknowledged', 'resolved', 'reopened', 'ended', 'noted')),
  actor varchar(255),
  note text check (length(note) <= 2000)
);
create index operational_alert_events_alert on operational_alert_events (alert_id, at);
comment on table operational_alert_events is '[platform] One row per thing that happened to an alert. Written by alerting; a source system has none.';
comment on column operational_alert_events.id is 'Number in turn.';
comment on column operational_alert_events.alert_id is 'The alert.';
comment on column operational_alert_events.at is 'When it happened.';
comment on column operational_alert_events.kind is 'raised, acknowledged, resolved, reopened, ended (the rule stopped firing after somebody had resolved it) or noted.';
comment on column operational_alert_events.actor is 'Who did it. Null: the alert rule. [identifying]';
comment on column operational_alert_events.note is 'What was said about it. Null without.';

create function apply_alert_reports(reports jsonb) returns setof text language plpgsql set search_path = public, pg_temp as $$
declare
  report record;
  alert operational_alerts;
  outcome text;
begin
  for report in
    select r.*
    from jsonb_array_elements(reports) with ordinality as element (item, place)
    cross join lateral jsonb_to_record(element.item) as r (
      "fingerprint" text, "startedAt" timestamptz, "endedAt" timestamptz, "isFiring" boolean, "receivedAt" timestamptz,
      "type" text, "severity" text, "title" text, "message" text, "team" text, "entityType" text, "entityId" text,
      "value" double precision, "threshold" double precision, "runbookUrl" text, "dashboardUrl" text
    )
    order by element.place
  loop
    outcome := 'known';
    insert into operational_alerts (
      fingerprint, started_at, created_at, type, severity, title, message, team, affected_entity_type,
      affected_entity_id, value, threshold, runbook_url, dashboard_url
    ) values (
      report."fingerprint", report."startedAt", report."startedAt", report."type", report."severity", report."title",
      report."message", report."team", report."entityType", report."entityId", report."value", report."threshold",
      report."runbookUrl", report."dashboardUrl"
    )
    on conflict (fingerprint, started_at) do nothing
    returning * into alert;
    if found then
      outcome := 'raised';
      insert into operational_alert_events (alert_id, at, kind) values (alert.id, alert.created_at, 'raised');
    else
      select * into strict alert from operational_alerts
      where fingerprint = report."fingerprint" and started_at = report."startedAt"
      for update;
    end if;

    if not report."isFiring" and alert.ended_at is null then
      outcome := case alert.status when 'resolved' then 'ended' else 'resolved' end;
      update operational_alerts
      set ended_at = greatest(report."endedAt", started_at), status = 'resolved',
        resolved_at = coalesce(resolved_at, greatest(report."endedAt", created_at))
      where id = alert.id;
      insert into operational_alert_events (alert_id, at, kind)
      values (alert.id, greatest(report."endedAt", alert.created_at), outcome);
    -- Somebody resolved it, and the rule still fires. What was sent before that, and comes late, says nothing.
    elsif report."isFiring" and alert.status = 'resolved' and alert.ended_at is null
      and report."receivedAt" > alert.resolved_at then
      outcome := 'reopened';
      update operational_alerts
      set status = 'open', acknowledged_at = null, acknowledged_by = null, resolved_at = null, resolved_by = null,
        resolution_notes = null, reopened_count = reopened_count + 1
      where id = alert.id;
      insert into operational_alert_events (alert_id, at, kind) values (alert.id, report."receivedAt", outcome);
    end if;
    return next outcome;
  end loop;
end $$;
comment on function apply_alert_reports is 'Takes in what alert rules report, in order: an array of reports, answered by what became of each (raised, known, resolved, ended or reopened). The same reports again change nothing, and so does a firing that comes after its end.';

-- Down Migration

drop function apply_alert_reports;
drop table operational_alert_events;
drop index operational_alerts_newest;
alter table operational_alerts
  drop column fingerprint, drop column started_at, drop column ended_at, drop column title, drop column team,
  drop column value, drop column threshold, drop column runbook_url, drop column dashboard_url,
  drop column reopened_count;
comment on table operational_alerts is '[platform] One row per alert. Written by alerting; a source system has none.';
