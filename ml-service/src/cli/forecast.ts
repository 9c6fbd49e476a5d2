import { makeForecasts, type ForecastReport } from '../forecast/make-forecasts.ts';
import { runPlainly } from './command.ts';

const usage = `npm run forecast

Forecasts MRR in 90 days, counselling requests and test orders of the coming 13 weeks, with 80% and 95% intervals, and
how many counselors that needs. Again on the same day it replaces what it stored.`;

const units = { mrr: 'months', counseling_requests: 'weeks', tests_ordered: 'weeks' } as const;
const titles = { mrr: 'MRR', counseling_requests: 'Counselling requests', tests_ordered: 'Test orders' } as const;

function inWords({ name, history, needed, forecast }: ForecastReport['series'][number]): string {
  const unit = units[name];
  if (forecast === null) return `${titles[name]}: not forecast, ${history} ${unit} of history; ${needed} are needed.`;
  const last = forecast.steps[forecast.steps.length - 1];
  const interval = `${last.interval95.low.toFixed(0)} to ${last.interval95.high.toFixed(0)}`;
  return (
    `${titles[name]} in ${forecast.steps.length} ${unit}: ${last.value.toFixed(0)} (95%: ${interval}), ` +
    `by ${forecast.method}, MASE ${forecast.mase?.toFixed(2) ?? '-'}`
  );
}

await runPlainly(usage, async (client) => {
  const { day, series, staffing } = await makeForecasts(client);
  for (const one of series) console.log(inWords(one));
  if (staffing !== null) {
    const { needed, present, toHire, waitlist } = staffing;
    console.log(`Counselors: ${needed} needed, ${present} present, ${toHire} to hire; ${waitlist} requests wait.`);
  }
  console.log(`Forecast from ${day}.`);
});
