import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Message {
  path: string;
  body: string;
}

export interface Listener {
  url: string;
  messages: Message[];
  /** Waits for a message that holds all the words. @throws Error when none came to the path within `patience` ms */
  sent(path: string, words: string[], patience?: number): Promise<string>;
  stop(): void;
}

/** Takes in what contact points send over HTTP, by path. */
export async function startListener(): Promise<Listener> {
  const messages: Message[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      messages.push({ path: request.url ?? '', body });
      response.end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    messages,
    async sent(path, words, patience = 120_000) {
      for (const deadline = Date.now() + patience; Date.now() < deadline;) {
        const found = messages.find(
          ({ path: to, body }) => to.startsWith(path) && words.every((word) => body.includes(word)),
        );
        if (found) return found.body;
        await sleep(250);
      }
      throw new Error(`Nothing with ${words.join(', ')} came to ${path}.`);
    },
    stop: () => void server.close(),
  };
}
