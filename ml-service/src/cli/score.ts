import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { CommandError } from '@fair-underwriting/database/contract/connection.ts';
import { modelFolder } from '../model/folder.ts';
import { scoreAll } from '../pipeline/score.ts';
import { runWithDatabase, wrongArgument } from './command.ts';

const usage = `npm run score -- [--chunk N] [--backfill]

Scores all subscribers by the model that serves, and stores why and what may help. Once a day and model: again on the
same day it changes nothing. Readers see the predictions when all are there; after Ctrl-C or a crash the next call goes
on where it ended. Fills in what came to pass after earlier predictions.
  --chunk N   customers at a time (default 5000)
  --backfill  also scores the ends of the months since the model's test began, as if it had served then, so that there
              are predictions to compare with what came to pass; without interventions`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        chunk: { type: 'string', default: '5000' },
        backfill: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (!/^[1-9]\d{0,5}$/.test(values.chunk)) {
      throw new CommandError(`--chunk must be a whole number from 1 to 999999, not "${values.chunk}".`);
    }
    return { ...values, chunk: Number(values.chunk) };
  } catch (error) {
    throw wrongArgument(error, usage);
  }
}

await runWithDatabase(async (databaseUrl, signal) => {
  const { chunk, backfill, help } = readArguments();
  if (help) {
    console.log(usage);
    return;
  }
  const { version, day, customers, existed, backfilled, outcomes } = await scoreAll(databaseUrl, {
    folder: modelFolder(),
    chunk,
    backfill,
    workers: availableParallelism(),
    signal,
    log: console.log,
  });
  if (backfilled > 0) console.log(`Scored the ends of ${backfilled} earlier month${backfilled === 1 ? '' : 's'}.`);
  if (outcomes > 0) console.log(`Filled in the outcomes of ${outcomes} earlier scoring${outcomes === 1 ? '' : 's'}.`);
  console.log(`${customers} customers ${existed ? 'were scored before' : 'scored'} by ${version} as of ${day}.`);
});
