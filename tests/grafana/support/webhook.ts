import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface FiredAlert {
  status: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  panelURL: string;
  values: Record<string, number>;
}

export interface Webhook {
  url: string;
  /** Waits for a firing alert with this label. @throws Error when none comes within `patience` milliseconds */
  firing(label: string, value: string, patience: number): Promise<FiredAlert>;
  stop(): void;
}

/** Listens on a free port of the loopback interface for what Grafana's webhook contact point sends. */
export async function startWebhook(): Promise<Webhook> {
  const alerts: FiredAlert[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      alerts.push(...(JSON.parse(body) as { alerts: FiredAlert[] }).alerts);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/alerts`,
    async firing(label, value, patience) {
      const deadline = Date.now() + patience;
      for (;;) {
        const found = alerts.find(({ status, labels }) => status === 'firing' && labels[label] === value);
        if (found) return found;
        if (Date.now() > deadline) throw new Error(`No alert with ${label}=${value} reached the webhook.`);
        await sleep(250);
      }
    },
    stop: () => void server.close(),
  };
}
