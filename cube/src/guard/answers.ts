import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { logEvent } from '../log.ts';

interface ErrorBody {
  error?: unknown;
  type?: unknown;
}

const unreachable =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|connect|ResourceRequest|too many clients|shutting down|starting up|database ".*" does not exist/i;

/** An error of the database or of Cube itself, in words for the caller; its own text goes to the log only. */
function publicError(text: string): { status: number; error: string } {
  // Cube 1.7.43 cannot place a query whose members are all masks in any table.
  if (text.includes("null (reading 'joins')")) {
    return { status: 400, error: 'Everything this query selects is masked for your role. Select another member too.' };
  }
  // What the guard lets pass should never come to this; it is the caller's to change all the same.
  if (text.startsWith('Invalid query format')) {
    return {
      status: 400,
      error: 'The query has a form that cannot be read. Compare it with an example of the documentation.',
    };
  }
  if (unreachable.test(text)) {
    return { status: 503, error: 'The database cannot be reached. Try again in a moment.' };
  }
  if (/timeout|timed out|statement timeout/i.test(text)) {
    return { status: 504, error: 'The query took too long. Narrow its dates, filter more or ask for less detail.' };
  }
  if (/invalid input syntax for type|out of range for type|value overflows numeric/i.test(text)) {
    return { status: 400, error: 'A filter value does not fit its member: a count takes whole numbers, for example.' };
  }
  return { status: 500, error: 'The query failed. Tell whoever runs this service the error id.' };
}

/** Lets Cube's answers through, but never the text of an error that is not about the query itself. */
export function hideInternalErrors(response: Response): void {
  const json = response.json.bind(response);
  response.json = (body: unknown) => {
    const { error, type } = (body ?? {}) as ErrorBody;
    const deliberate = type === 'UserError' || response.statusCode === 401 || response.statusCode === 403;
    // The probes of health answer 500 without an error text.
    if (response.statusCode < 400 || deliberate || error === undefined) return json(body);
    return sendInternalError(response, json, error);
  };
}

/** Answers with an id that the log holds together with the cause. */
export function sendInternalError(response: Response, json: Response['json'], cause: unknown): Response {
  const errorId = randomUUID();
  const text = cause instanceof Error ? cause.message : String(cause);
  logEvent('Query failed', { error: cause, errorId });
  const { status, error } = publicError(text);
  response.status(status);
  return json({ error, errorId });
}
