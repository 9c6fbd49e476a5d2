import type { Response } from 'express';
import type { Identity } from '../auth/verify.ts';
import type { PlainQuery } from '../guard/query.ts';
import { entriesOf, type AuditEntry } from './entries.ts';

/** What nginx calls a caller who left before the answer. */
const callerLeft = 499;

/**
 * Records a request for data once its answer is out. "Continue wait" is no answer: the caller asks again, and the last
 * answer counts.
 * @returns to be told what was asked, once it has been read
 */
export function watch(
  response: Response,
  identity: Identity,
  action: string,
  add: (entries: AuditEntry[]) => void,
): (asked: PlainQuery | PlainQuery[]) => void {
  const at = new Date();
  const started = performance.now();
  let asked: PlainQuery | PlainQuery[] | undefined;
  let isWaiting = false;
  const json = response.json.bind(response);
  response.json = (body: unknown) => {
    isWaiting = (body as { error?: unknown } | null | undefined)?.error === 'Continue wait';
    return json(body);
  };
  response.once('close', () => {
    if (isWaiting) return;
    const status = response.writableFinished ? response.statusCode : callerLeft;
    const durationMs = Math.round(performance.now() - started);
    add(entriesOf(identity, asked, { at, source: 'rest', action, status, durationMs }));
  });
  return (queries) => {
    asked = queries;
  };
}
