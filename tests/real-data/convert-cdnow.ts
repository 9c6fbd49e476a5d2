import { readFile } from 'node:fs/promises';
import { stableUuid, writeTable } from './files.ts';

/**
 * Turns the orders of CDNOW into tables: each order is an invoice paid at once, with one line, and an activity of its
 * customer, who signed up with the first order. Days begin at midnight UTC.
 * @param source path of cdnow-orders.txt: customer, day, items, dollars, separated by blanks, under one heading
 */
export async function convertCdnow(source: string, dir: string): Promise<void> {
  const lines = (await readFile(source, 'utf8'))
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '');
  const orders = lines.map((line, index) => {
    const [customer = '', day = '', , amount = ''] = line.trim().split(/\s+/);
    const at = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}T00:00:00Z`;
    return {
      customer: stableUuid(`cdnow customer ${customer}`),
      invoice: stableUuid(`cdnow order ${index}`),
      at,
      amount,
    };
  });
  const firstOrders = new Map<string, string>();
  for (const { customer, at } of orders) {
    const known = firstOrders.get(customer);
    if (known === undefined || at < known) firstOrders.set(customer, at);
  }
  const customers = [...firstOrders].map(([customer, at]) => `${customer},${at}`);
  await writeTable(dir, 'customers', 'id,created_at', customers);
  const invoices = orders.map(({ customer, invoice, at }) => `${invoice},${customer},${at},${at}`);
  await writeTable(dir, 'invoices', 'id,customer_id,issued_at,paid_at', invoices);
  const invoiceLines = orders.map(({ invoice, amount }) => `${invoice},b2c_tests,${amount}`);
  await writeTable(dir, 'invoice_lines', 'invoice_id,revenue_source,amount', invoiceLines);
  const activities = orders.map(({ customer, at }) => `${customer},${at},order`);
  await writeTable(dir, 'user_activity_logs', 'customer_id,timestamp,activity', activities);
}
