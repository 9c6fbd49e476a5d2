import { signToken } from '@fair-underwriting/cube/src/auth/token.ts';
import pg from 'pg';

export interface Closing {
  /** Base address of Cube. */
  cubeUrl: string;
  /** Secret that its tokens are signed with. */
  secret: string;
  /** Connection of the owner of the tables. */
  databaseUrl: string;
}

interface Figure {
  month: string;
  figure: string;
  value: string;
}

/** Milliseconds that Cube may take for the figures. */
const patience = 120_000;
const member = (name: string) => `restatement.${name}`;

/**
 * Stores the headline figures of the months that ended 10 days ago or earlier and are not closed. The figures are those of
 * the view `restatement`, so that they are defined once. All of it or nothing; a month that is closed stays as it is.
 * @returns the months closed now, such as 2026-01
 */
export async function closeMonths({ cubeUrl, secret, databaseUrl }: Closing): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A lost connection also fails the query that is under way, which reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    // Two at once would ask for the same months; the second then finds them closed.
    await client.query(`select pg_advisory_xact_lock(hashtext('close-month'))`);
    const { rows } = await client.query<{ as_of: Date; closed: string[] }>(
      `select reporting.as_of() as as_of, array(select month::text from month_closes) as closed`,
    );
    const [known] = rows;
    const due = (await askForFigures(cubeUrl, secret)).filter(({ month }) => !known?.closed.includes(month));
    const months = [...new Set(due.map(({ month }) => month))].sort();
    if (months.length > 0) {
      await client.query('insert into month_closes (month, as_of) select unnest($1::date[]), $2', [
        months,
        known?.as_of,
      ]);
      await client.query(
        `insert into month_figures (month, figure, value)
         select * from jsonb_to_recordset($1::jsonb) as f (month date, figure text, value numeric)`,
        [JSON.stringify(due)],
      );
    }
    await client.query('commit');
    return months.map((month) => month.slice(0, 7));
  } finally {
    await client.end();
  }
}

async function askForFigures(cubeUrl: string, secret: string): Promise<Figure[]> {
  const query = {
    measures: [member('current_value')],
    dimensions: [member('figure')],
    timeDimensions: [{ dimension: member('month'), granularity: 'month' }],
    filters: [
      { member: member('is_due'), operator: 'equals', values: [true] },
      { member: member('is_closed'), operator: 'equals', values: [false] },
    ],
    // Another limit is another query: it is not answered from what Cube remembers.
    limit: 20_000 + (Date.now() % 20_000),
  };
  const token = signToken({ user: 'close-month', roles: ['data_steward'], lifetime: 600 }, secret);
  const deadline = Date.now() + patience;
  for (;;) {
    const response = await fetch(`${cubeUrl}/cubejs-api/v1/load`, {
      method: 'POST',
      headers: { authorization: token, 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      signal: AbortSignal.timeout(patience),
    });
    const body = (await response.json()) as { error?: string; data?: Record<string, string>[] };
    if (body.error !== 'Continue wait') {
      if (!body.data) throw new Error(`Cube did not tell the figures (${response.status}): ${body.error ?? ''}`);
      return body.data.map((row) => ({
        month: String(row[`${member('month')}.month`]).slice(0, 10),
        figure: String(row[member('figure')]),
        value: String(row[member('current_value')]),
      }));
    }
    if (Date.now() > deadline) throw new Error('Cube did not tell the figures in time.');
  }
}
