import { createHmac, timingSafeEqual } from 'node:crypto';
import { AuthError, tokenFromHeader } from '@fair-underwriting/cube/src/auth/verify.ts';
import type { IncomingHttpHeaders } from 'node:http';

/** What the sender proves itself with; each that is set must be right. */
export interface WebhookKeys {
  /** Key of the signature over time and body. */
  secret?: string;
  /** Bearer token. */
  token?: string;
}

/** Headers of Grafana's webhook contact point; the second name is a setting of it. */
export const SIGNATURE_HEADER = 'x-grafana-alerting-signature';
export const TIMESTAMP_HEADER = 'x-grafana-alerting-timestamp';

/** Seconds by which the sender's clock may differ; an older request may be somebody's recording. */
const TOLERANCE = 300;

/** @throws AuthError 401 when a token is expected and another one or none came */
export function checkToken({ token }: WebhookKeys, headers: IncomingHttpHeaders): void {
  if (token === undefined) return;
  const given = tokenFromHeader(headers.authorization);
  if (given === undefined || !sameText(given, token)) {
    throw new AuthError(401, 'The bearer token of the webhook is missing or wrong: compare ALERT_WEBHOOK_TOKEN.');
  }
}

/**
 * Checks the signature as Grafana makes it: HMAC-SHA256 in hex over `<unix seconds>:<body>`.
 * @param now milliseconds since 1970
 * @throws AuthError 401 saying what is missing, stale or wrong
 */
export function checkSignature({ secret }: WebhookKeys, headers: IncomingHttpHeaders, body: Buffer, now: number): void {
  if (secret === undefined) return;
  const signature = headers[SIGNATURE_HEADER];
  const timestamp = headers[TIMESTAMP_HEADER];
  if (typeof signature !== 'string' || typeof timestamp !== 'string') {
    throw new AuthError(401, `The webhook must be signed: headers ${SIGNATURE_HEADER} and ${TIMESTAMP_HEADER}.`);
  }
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE) {
    throw new AuthError(401, `${TIMESTAMP_HEADER} is not within ${TOLERANCE / 60} minutes of now: compare the clocks.`);
  }
  if (!sameText(signature.toLowerCase(), sign(secret, timestamp, body))) {
    throw new AuthError(401, 'The signature of the webhook is wrong: compare ALERT_WEBHOOK_SECRET.');
  }
}

/** The signature that Grafana puts on a body. */
export function sign(secret: string, timestamp: string, body: Buffer | string): string {
  return createHmac('sha256', secret).update(`${timestamp}:`).update(body).digest('hex');
}

/** In a time that tells nothing about where the texts differ. */
function sameText(given: string, expected: string): boolean {
  const digest = (text: string) => createHmac('sha256', 'compare').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
