import { parseArgs } from 'node:util';
import { CommandError } from '@fair-underwriting/database/contract/connection.ts';
import { modelFolder } from '../model/folder.ts';
import { trainFromDatabase } from '../pipeline/train.ts';
import { runOnDatabase, wrongArgument } from './command.ts';

const usage = `npm run train -- [--seed N] [--genotype]

Trains churn models on the history of the database of DATABASE_URL, or of the running stack, and keeps the one that
predicts best. It serves from then on if it is certainly better than the one that serves; npm run models promotes it
otherwise. Ctrl-C leaves nothing behind.
  --seed N    the same data and seed give the same model (default 42)
  --genotype  let the model use genotypes; only where no role reads its scores that may not see genotypes`;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: 'string', default: '42' },
        genotype: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (!/^\d{1,9}$/.test(values.seed)) {
      throw new CommandError(`--seed must be a whole number below 1000000000, not "${values.seed}".`);
    }
    return { ...values, seed: Number(values.seed) };
  } catch (error) {
    throw wrongArgument(error, usage);
  }
}

await runOnDatabase(async (client, signal) => {
  const { seed, genotype, help } = readArguments();
  if (help) {
    console.log(usage);
    return;
  }
  const { card, path, existed, served, verdict } = await trainFromDatabase(client, {
    folder: modelFolder(),
    seed,
    withGenotype: genotype,
    signal,
    log: console.log,
  });
  const { rocAuc, brier } = card.scores['test'];
  console.log(
    `${card.version}: ${card.kind}, ROC-AUC ${rocAuc?.toFixed(3) ?? 'unknown'}, Brier ${brier?.toFixed(4) ?? 'unknown'}`,
  );
  console.log(`${existed ? 'It was there already' : 'Its card'}: ${path}/card.md`);
  if (served) console.log('It serves already.');
  else if (verdict.promote) console.log(`It serves: ${verdict.reason}.`);
  else {
    console.log(`It does not serve: ${verdict.reason}.`);
    console.log(`npm run models -- promote ${card.version} makes it serve all the same.`);
  }
});
