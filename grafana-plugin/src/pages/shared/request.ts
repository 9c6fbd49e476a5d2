import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { t } from '../../i18n/t';

/** A request that failed, in words for whoever looks at the page. */
export class RequestError extends Error {
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'RequestError';
    this.status = status;
  }
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  body?: unknown;
  /** Makes a repeated request count once. */
  idempotencyKey?: string;
}

/** Asks Grafana's server. @throws RequestError with the message of whoever refused or failed */
export async function request<T>(url: string, { method = 'GET', body, idempotencyKey }: CallOptions = {}): Promise<T> {
  try {
    const answer = await lastValueFrom(
      getBackendSrv().fetch<T>({
        url,
        method,
        data: body,
        headers: idempotencyKey === undefined ? {} : { 'Idempotency-Key': idempotencyKey },
        showErrorAlert: false,
        showSuccessAlert: false,
      })
    );
    return answer.data;
  } catch (error) {
    throw inWords(error);
  }
}

/** What a failed request comes with; a query's own words are in its result. */
interface Refusal {
  message?: string;
  error?: string;
  results?: Record<string, { error?: string }>;
}

function inWords(error: unknown): RequestError {
  if (!isFetchError<Refusal>(error)) {
    return new RequestError(0, error instanceof Error ? error.message : String(error));
  }
  const { message, error: reason, results = {} } = error.data ?? {};
  const ofQuery = Object.values(results).find((result) => result.error)?.error;
  const said = message || reason || ofQuery || error.statusText;
  return new RequestError(
    error.status,
    said || t('app.request-failed', 'The request failed ({{status}}).', { status: error.status })
  );
}

export type Service = 'ml' | 'alerts' | 'cohorts';

/** Calls a service through the data source, which speaks to it in the name of the signed-in user. */
export function callService<T>(uid: string, service: Service, path: string, options?: CallOptions): Promise<T> {
  return request<T>(resourceUrl(uid, `services/${service}${path}`), options);
}

/** The address of a resource of the data source. */
export function resourceUrl(uid: string, path: string): string {
  return `/api/datasources/uid/${encodeURIComponent(uid)}/resources/${path}`;
}

/** A key that no other request has. `crypto.randomUUID` is missing where Grafana is served without TLS. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
