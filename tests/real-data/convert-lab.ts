import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { stableUuid, writeTable } from './files.ts';

/** The file has no dates, but days since the pandemic began (pan_day) and hours; tests are collected at noon UTC. */
const FIRST_DAY = Date.parse('2020-01-01T12:00:00Z');
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

export interface LabOptions {
  /** Leaves rows with a negative duration out. */
  withoutNegative: boolean;
}

/**
 * Turns a hospital's tests into orders of one laboratory, in the order of the file: sent when collected, received and
 * resulted after its hours (which it gives in tenths, so that minutes are exact).
 * @param source path of lab-turnaround.csv
 */
export async function convertLab(source: string, dir: string, { withoutNegative }: LabOptions): Promise<void> {
  const lab = stableUuid('lab');
  const customers = new Map<string, number>();
  const orders: string[] = [];
  const records = createReadStream(source).pipe(parse({ columns: true })) as AsyncIterable<Record<string, string>>;
  for await (const record of records) {
    const toReceipt = minutes(record['col_rec_tat']);
    const toResult = minutes(record['rec_ver_tat']);
    if (withoutNegative && (toReceipt < 0 || toResult < 0)) continue;
    const customer = stableUuid(`lab subject ${record['subject_id'] ?? ''}`);
    const collected = FIRST_DAY + Number(record['pan_day']) * DAY_MS;
    const received = collected + toReceipt * MINUTE_MS;
    const resulted = received + toResult * MINUTE_MS;
    customers.set(customer, Math.min(collected, customers.get(customer) ?? collected));
    const [collectedAt, receivedAt, resultedAt] = [collected, received, resulted].map(iso);
    orders.push([customer, lab, collectedAt, collectedAt, collectedAt, receivedAt, resultedAt].join(','));
  }
  const signUps = [...customers].map(([id, at]) => `${id},${iso(at)}`);
  await writeTable(dir, 'customers', 'id,created_at', signUps);
  await writeTable(dir, 'lab_partners', 'id,name', [`${lab},Hospital laboratory`]);
  await writeTable(dir, 'business_calendars', 'id,name', ['hospital,Hospital']);
  const contract = `${lab},2020-01-01,hospital,UTC`;
  await writeTable(dir, 'lab_contracts', 'lab_partner_id,valid_from,calendar_id,time_zone', [contract]);
  const header = 'customer_id,lab_partner_id,ordered_at,collected_at,sent_to_lab_at,received_at,results_received_at';
  await writeTable(dir, 'test_orders', header, orders);
}

function minutes(hours: string | undefined): number {
  return Math.round(Number(hours) * 60);
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
