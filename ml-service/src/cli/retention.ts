import { parseArgs } from 'node:util';
import { makeRetention } from '../retention/make-retention.ts';
import { runOnDatabase, wrongArgument } from './command.ts';

const usage = `npm run retention

Works out what cohorts of subscribers retain of their MRR, with 95% bootstrap intervals by customer. Again on the same day it
replaces what it stored.`;

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
  const { day, subscribers, cells, small } = await makeRetention(client);
  console.log(
    `Revenue retention as of ${day}: ${subscribers} subscribers, ${cells} cells of cohorts, ${small} too small for an interval.`,
  );
});
