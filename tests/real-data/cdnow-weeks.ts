import { readFile } from 'node:fs/promises';

const week = 7 * 24 * 3600 * 1000;
/** The 30th of June 1998, the last day, leaves the week after these unfinished. */
const wholeWeeks = 77;

/**
 * Revenue of CDNOW in each whole week from the 1st of January 1997, in dollars.
 * @param source path of cdnow-orders.txt
 */
export async function weeklyRevenue(source: string): Promise<number[]> {
  const values = Array<number>(wholeWeeks).fill(0);
  for (const line of (await readFile(source, 'utf8')).split('\n').slice(1)) {
    const [, day = '', , amount = '0'] = line.trim().split(/\s+/);
    const at = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)));
    const number = Math.floor((at - Date.UTC(1997, 0, 1)) / week);
    const value = values[number];
    if (value !== undefined) values[number] = value + Number(amount);
  }
  return values;
}
