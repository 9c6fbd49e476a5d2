import { makePayerValue } from '../payer-value/make-payer-value.ts';
import { runPlainly } from './command.ts';

const usage = `npm run payer-value

Compares what diagnosed members cost their payers with similar members: savings with intervals, visits, admissions, lung
function. Small cells are suppressed. Again on the same day it replaces what it stored.`;

await runPlainly(usage, async (client) => {
  const { day, patients, comparators, leftOut, suppressed, groups } = await makePayerValue(client);
  console.log(
    `Payer value as of ${day}: ${patients} patients beside ${comparators} similar members, ${leftOut} left out; ` +
      `${suppressed} of ${groups} groups with suppressed figures.`,
  );
});
