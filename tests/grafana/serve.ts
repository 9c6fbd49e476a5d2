import { missing, startSlice } from './support/slice.ts';

// A Grafana with demo data for the browser tests of the plugin, on the port of the first argument, until it is stopped.
const reason = missing();
if (reason !== undefined) throw new Error(`There is no Grafana to serve: ${reason}.`);
const slice = await startSlice(Number(process.argv[2]));
console.log(`Grafana answers at ${slice.url}.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void slice.stop().then(() => process.exit(0)));
}
