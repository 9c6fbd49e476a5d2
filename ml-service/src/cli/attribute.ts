import { parseArgs } from 'node:util';
import { attribute } from '../attribution/attribute.ts';
import { runOnDatabase, wrongArgument } from './command.ts';

const usage = `npm run attribute [-- --refit]

Fits the Markov chains that conversions are attributed with, one for each month, and works out what channels and campaigns
returned, with 95% intervals. A month that was fitted 10 days after its end is closed and stays as it is.
  --refit  fits closed months again as well, after a change of past data: their figures may change`;

function readArguments() {
  try {
    return parseArgs({ options: { refit: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    throw wrongArgument(error, usage);
  }
}

await runOnDatabase(async (client) => {
  const { help, refit } = readArguments();
  if (help) {
    console.log(usage);
    return;
  }
  const { day, fitted, kept, returns } = await attribute(client, { refit });
  console.log(
    `Attribution as of ${day}: ${fitted} Markov chains fitted, ${kept} of closed months kept, ${returns} returns of channels and campaigns.`,
  );
});
