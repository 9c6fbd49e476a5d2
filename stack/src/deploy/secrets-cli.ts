import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { explain, UserError } from '../user-error.ts';
import { writeSecretFiles } from './secret-files.ts';

const usage = `npm run secrets -- [--dir FOLDER] [--postgres HOST:PORT]

Writes the secrets that docker-compose.yml hands to the containers, each into a file of its own; files that are there
are left alone, so a secret is changed by removing its file first.
  --dir FOLDER          default secrets
  --postgres HOST:PORT  where the containers find Postgres, default postgres:5432`;

try {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string', default: 'secrets' },
      postgres: { type: 'string', default: 'postgres:5432' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) console.log(usage);
  else {
    const folder = resolve(process.env['INIT_CWD'] ?? '.', values.dir);
    const made = writeSecretFiles(folder, values.postgres);
    console.log(made.length === 0 ? `${folder} is complete.` : `Made in ${folder}: ${made.join(', ')}.`);
  }
} catch (error) {
  const isWrongArgument = error instanceof Error && String(Reflect.get(error, 'code')).startsWith('ERR_PARSE_ARGS');
  console.error(explain(isWrongArgument ? new UserError(`${error.message}\n\n${usage}`) : error));
  process.exitCode = 1;
}
