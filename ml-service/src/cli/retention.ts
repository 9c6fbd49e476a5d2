import { makeRetention } from '../retention/make-retention.ts';
import { runPlainly } from './command.ts';

const usage = `npm run retention

Works out what cohorts of subscribers retain of their MRR, with 95% bootstrap intervals by customer. Again on the same day it
replaces what it stored.`;

await runPlainly(usage, async (client) => {
  const { day, subscribers, cells, small } = await makeRetention(client);
  console.log(
    `Revenue retention as of ${day}: ${subscribers} subscribers, ${cells} cells of cohorts, ${small} too small for an interval.`,
  );
});
