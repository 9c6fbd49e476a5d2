import { AuthError } from '@fair-underwriting/cube/src/auth/verify.ts';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import Type from 'typebox';
import { isConnectionFailure } from './database-errors.ts';

/** A refusal that the caller can act upon; the text is shown to them. */
export class HttpError extends Error {
  readonly status: number;
  readonly field: string | undefined;
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined;

  constructor(status: number, message: string, more: { field?: string; retryAfter?: number } = {}) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.field = more.field;
    this.retryAfter = more.retryAfter;
  }
}

/** The body of every answer that is not a success. */
export const errorBody = Type.Object(
  {
    error: Type.String({ description: 'What is wrong and what to do, for people.' }),
    field: Type.Optional(Type.String({ description: 'The part of the request that is wrong, e.g. body/note.' })),
    requestId: Type.Optional(Type.String({ description: 'Finds the failure in the log of the service.' })),
  },
  { title: 'Error' },
);

/** What Fastify's own refusals mean for the caller. */
const refusals: Record<string, string> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The body must be JSON, with Content-Type: application/json.',
  FST_ERR_CTP_EMPTY_TYPE: 'The body must be JSON, with Content-Type: application/json.',
  FST_ERR_CTP_BODY_TOO_LARGE: 'The body is larger than this service accepts.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty: send JSON.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as Content-Length says.',
  FST_ERR_BAD_URL: 'The address is not a valid URL.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the address is too long.',
};

/** Answers a failed request: clear words for the caller's own mistakes, no detail at all for the rest. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const { status, retryAfter, ...body } = explain(error, request);
  if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply.code(status).send(body);
}

interface Explained {
  status: number;
  error: string;
  field?: string;
  requestId?: string;
  retryAfter?: number;
}

function explain(error: FastifyError, request: FastifyRequest): Explained {
  if (error instanceof HttpError) {
    const { status, message, field, retryAfter } = error;
    return { status, error: message, ...(field && { field }), ...(retryAfter && { retryAfter }) };
  }
  if (error instanceof AuthError) return { status: error.status, error: error.message };
  if (error.validation) return { status: 400, ...explainValidation(error) };
  const status = error.statusCode ?? 500;
  if (status < 500) return { status, error: refusals[error.code] ?? error.message };
  if (isConnectionFailure(error)) {
    request.log.warn({ code: error.code }, 'database unavailable');
    return { status: 503, error: 'The database cannot be reached: try again in a few seconds.', retryAfter: 5 };
  }
  if (status === 503) return { status, error: 'The service is stopping or overloaded: try again.', retryAfter: 1 };
  // The message of a database error may quote a person's data: only its code and where it arose are kept.
  const { name, code, stack } = error;
  request.log.error(
    { name, code, at: stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')) },
    'failed',
  );
  return { status: 500, error: 'The service failed; its log has the reason.', requestId: request.id };
}

function explainValidation(error: FastifyError): { error: string; field: string } {
  const [first] = error.validation ?? [];
  const params = first?.params ?? {};
  const named = params['missingProperty'] ?? params['additionalProperty'];
  const path = `${error.validationContext ?? 'body'}${first?.instancePath ?? ''}`;
  const field = typeof named === 'string' ? `${path}/${named}` : path;
  const allowed = params['allowedValues'];
  const what =
    'missingProperty' in params
      ? 'is missing'
      : 'additionalProperty' in params
        ? 'is not known here'
        : Array.isArray(allowed)
          ? `must be one of ${allowed.join(', ')}`
          : (first?.message ?? 'is not valid');
  return { error: `${field} ${what}.`, field };
}
