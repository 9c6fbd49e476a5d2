import { parseArgs } from 'node:util';
import { makePayerValue } from '../payer-value/make-payer-value.ts';
import { runOnDatabase, wrongArgument } from './command.ts';

const usage = `npm run payer-value

Compares what diagnosed members cost their payers with similar members: savings with intervals, visits, admissions, lung
function. Small cells are suppressed. Again on the same day it replaces what it stored.`;

function wantsHelp(): boolean {
  try {
    return parseArgs({ options: { help: { type: 'boolean', short: 'h' } } }).values.help === true;
  } catch (error) {
    throw wrongArgument(error, usage);
  }
}

await runOnDatabase(async (client) => {
  if (wantsHelp()) {
    console.log(usage);
    return;
  }
  const { day, patients, comparators, leftOut, suppressed, groups } = await makePayerValue(client);
  console.log(
    `Payer value as of ${day}: ${patients} patients beside ${comparators} similar members, ${leftOut} left out; ` +
      `${suppressed} of ${groups} groups with suppressed figures.`,
  );
});
