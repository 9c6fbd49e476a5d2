import { generateDemo } from '@fair-underwriting/database/demo/generate.ts';
import { isEmpty } from '@fair-underwriting/database/src/is-empty.ts';
import type { StackConfig } from './config.ts';
import type { Print } from './progress.ts';

/**
 * Makes demo data if the database holds no data.
 * @returns words for what was done
 */
export async function fillIfEmpty(databaseUrl: string, demo: StackConfig['demo'], log: Print): Promise<string> {
  if (!(await isEmpty(databaseUrl))) return 'there is data already';
  if (demo === undefined) return 'left out (FUA_DEMO=off): the database is empty';
  await generateDemo({ databaseUrl, ...demo, log: (line) => log(`    ${line}`) });
  return `made: ${demo.customers} customers, ${demo.months} months`;
}
