import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Batch } from './rows.ts';
import type { DemoSize } from './size.ts';
import type { Message } from './worker.ts';

/** The same batches as `produce`, made in a worker while the ones before are in use. @throws what the worker throws */
export async function* produceBeside(size: DemoSize): AsyncGenerator<Batch> {
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), { workerData: size, execArgv: [] });
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[Message]>) {
      if (message === null) return;
      yield message;
      worker.postMessage('taken');
    }
    throw new Error('The worker that makes the demo data ended too soon.');
  } finally {
    await worker.terminate();
  }
}
