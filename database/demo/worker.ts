import { on } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { produce } from './produce.ts';
import type { Batch } from './rows.ts';
import type { DemoSize } from './size.ts';

/** What the worker sends: a batch, whose bytes are the receiver's to keep, or null after the last one. */
export type Message = Batch | null;

/** Batches that may wait to be taken: enough to bridge a slow one, few enough to keep memory flat. */
const ahead = 6;

const port = parentPort;
if (port === null) throw new Error('This module runs in a worker.');
const taken = on(port, 'message');
let sent = 0;
for (const batch of produce(workerData as DemoSize)) {
  if (sent++ >= ahead) await taken.next();
  const bytes = Uint8Array.from(batch.bytes);
  port.postMessage({ ...batch, bytes } satisfies Message, [bytes.buffer]);
}
port.postMessage(null satisfies Message);
await taken.return?.();
