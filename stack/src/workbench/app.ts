import type { Outcome } from '@fair-underwriting/cube/src/cli/run-query.ts';
import type { Query } from '@cubejs-client/core';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';

/** Asks Cube one question. */
export type Ask = (query: Query) => Promise<Outcome>;

/** Seconds. */
const MONTH = 30 * 24 * 3_600;

/**
 * The workbench's pages, and `POST /cube/load {query}`, which asks Cube in the browser's stead: the secret that signs
 * tokens stays here.
 * @param pages folder of the built workbench
 */
export function workbenchApp(pages: string, ask: Ask): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(onlyByLocalName);
  app.post('/cube/load', express.json({ limit: '100kb', type: 'application/json' }), (request, response, next) => {
    const query = readQuery(request.body);
    if (query === undefined) {
      response.status(400).json({ error: 'Send JSON such as {"query": {"measures": ["revenue.mrr"]}}.' });
      return;
    }
    ask(query).then(({ rows, columns }) => response.json({ rows, columns }), next);
  });
  app.use(
    express.static(pages, {
      setHeaders: (response, path) => {
        // Bundles carry the hash of their content in the name; the page that names them must stay fresh.
        const hashed = path.endsWith('.js');
        response.setHeader('Cache-Control', hashed ? `public, max-age=${MONTH}, immutable` : 'no-cache');
      },
    }),
  );
  app.use((_request, response) => {
    response.status(404).json({ error: 'There is no such page.' });
  });
  app.use(tellError);
  return app;
}

/** A page of another site could point its own name at this machine: only requests to the machine itself are answered. */
const onlyByLocalName: RequestHandler = (request, response, next) => {
  if (/^(127\.0\.0\.1|localhost|\[::1\])$/.test(request.hostname)) next();
  else response.status(403).json({ error: 'The workbench answers on this machine only: open it at 127.0.0.1.' });
};

const tellError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
    return;
  }
  const { status, message } = (error ?? {}) as { status?: number; message?: string };
  response.status(status ?? 502).json({ error: message ?? 'The question could not be asked.' });
};

function readQuery(body: unknown): Query | undefined {
  const query = (body as { query?: unknown } | undefined)?.query;
  return typeof query === 'object' && query !== null && !Array.isArray(query) ? query : undefined;
}
