import type { ClientBase } from 'pg';
import type { Instant } from '../features/read.ts';
import type { StaffingTargets } from './staffing.ts';

/** Counselling as it stands at a snapshot. */
export interface CounselingState {
  /** Requests that are neither held, cancelled nor missed. */
  readonly waitlist: number;
  /** Full-time equivalents. */
  readonly present: number;
  /** Sessions that a full-time equivalent holds in a week; null where there are no counselors. */
  readonly sessionsPerWeek: number | null;
}

export async function readCounselingState(client: ClientBase, snapshot: Instant): Promise<CounselingState> {
  const { rows } = await client.query<CounselingState>(
    `select
       (select count(*)::int from genetic_counseling_sessions
        where requested_at <= $1 and (started_at is null or started_at > $1)
          and (cancelled_at is null or cancelled_at > $1) and not (no_show and scheduled_at <= $1)) as waitlist,
       coalesce(sum(full_time_equivalent), 0)::float8 as present,
       (sum(max_sessions_per_week) / sum(full_time_equivalent))::float8 as "sessionsPerWeek"
     from counselors, (select ($1::timestamptz at time zone reporting.time_zone())::date as today) now
     where hired_on <= today and (left_on is null or left_on >= today)`,
    [snapshot],
  );
  return rows[0];
}

export async function readStaffingTargets(client: ClientBase): Promise<StaffingTargets> {
  const { rows } = await client.query<StaffingTargets>(
    `select target_wait_days::float8 as "waitDays", most_utilization::float8 as utilization, path_share::float8 as share
     from staffing_settings`,
  );
  return rows[0];
}
