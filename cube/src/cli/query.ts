import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import type { Query } from '@cubejs-client/core';
import { roles } from '../auth/roles.ts';
import { signToken } from '../auth/token.ts';
import { cubeSecret, cubeUrl } from '../connection.ts';
import { fail } from './fail.ts';
import { runQuery, type Outcome } from './run-query.ts';
import { formatTable } from './table.ts';

const usage = `Asks Cube a question and shows the answer as a table.

  npm run query -- '<Cube query JSON>' [--role executive] [--json]

  --role  whose eyes to look with, repeatable: ${roles.join(', ')}
  --json  print the rows as JSON

  npm run query -- '{"measures":["revenue.mrr"],"dimensions":["revenue.payer_type"]}'`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string', multiple: true, default: ['executive'] },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(usage);
  } else {
    const query = readQuery(positionals);
    const token = signToken({ user: userInfo().username, roles: values.role }, cubeSecret(process.env));
    const started = performance.now();
    const outcome = await runQuery(cubeUrl(process.env), token, query);
    const elapsed = performance.now() - started;
    if (values.json) console.log(JSON.stringify(outcome.rows, null, 2));
    else show(outcome, elapsed);
  }
} catch (error) {
  fail(error, usage);
}

function readQuery([text, ...rest]: string[]): Query | Query[] {
  if (text === undefined) throw new RangeError('The query is missing.');
  if (rest.length > 0) throw new RangeError('One query at a time: put the JSON in single quotes.');
  try {
    return JSON.parse(text) as Query | Query[];
  } catch (cause) {
    throw new RangeError('The query is not valid JSON: put it in single quotes, names in double quotes.', { cause });
  }
}

function show({ rows, columns, rollups, mayBeCut }: Outcome, elapsed: number): void {
  if (rows.length > 0) console.log(formatTable(columns, rows));
  const source = rollups.length > 0 ? `rollup ${rollups.join(', ')}` : 'raw tables';
  console.log(`${rows.length} ${rows.length === 1 ? 'row' : 'rows'} in ${Math.round(elapsed)} ms, from ${source}`);
  if (mayBeCut) console.log('That is as many as the limit allows; there may be more.');
}
