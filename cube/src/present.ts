import type pg from 'pg';

/** What the database reports on: its zone, and its as-of where that is pinned. */
export interface Present {
  timeZone: string;
  /** The pinned as-of; undefined when it goes with the clock. */
  pinned?: Date;
}

/** The reporting settings, as the database has them; undefined where it has none. */
export async function readPresent(client: pg.Client): Promise<Present | undefined> {
  const settings = await client.query<{ name: string | null }>("select to_regclass('reporting.settings') as name");
  if (settings.rows[0]?.name === null) return undefined;
  const { rows } = await client.query<{ time_zone: string; as_of: Date | null }>(
    'select time_zone, as_of from reporting.settings',
  );
  const [row] = rows;
  return row && { timeZone: row.time_zone, ...(row.as_of && { pinned: row.as_of }) };
}
