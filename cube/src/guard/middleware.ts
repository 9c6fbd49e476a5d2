import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Router } from 'express';
import type { AuditEntry } from '../audit/entries.ts';
import { watch } from '../audit/watch.ts';
import { maySeeSql } from '../auth/roles.ts';
import { AuthError, tokenFromHeader, verifyToken, type Identity } from '../auth/verify.ts';
import { hideInternalErrors, sendInternalError } from './answers.ts';
import { Catalogues, type Compiler } from './catalogue.ts';
import { checkRequest, readRequest, type CheckedRequest } from './check-request.ts';
import type { Present } from '../present.ts';
import { RefusedError } from './errors.ts';
import { routeOf } from './routes.ts';

export interface GuardOptions {
  secret: string;
  /** Largest request body in bytes. */
  bodyLimit: number;
  /** The only time zones that are served; empty for all. */
  timeZones: readonly string[];
  /** What the database reports on; undefined where it has no reporting settings. */
  present(): Present | undefined;
  compiler(context: { securityContext: Identity }): Promise<Compiler>;
  /** Takes in who asked what; without it nothing is recorded. */
  audit?: (entries: AuditEntry[]) => void;
}

/** A request for data on its way through the guard. */
interface Asking {
  securityContext: Identity;
  /** Tells the audit record what is asked. */
  tell: ReturnType<typeof watch> | undefined;
}

/** Stands in front of Cube's API: checks who asks, what, and how much, before Cube compiles anything. */
export function guard(options: GuardOptions): Router {
  const router = express.Router();
  const catalogues = new Catalogues();
  router.use((_request, response, next) => {
    hideInternalErrors(response);
    next();
  });
  router.get(['/livez', '/readyz'], (_request, _response, next) => next('router'));
  // Who asks comes before what: nothing is told, and nothing large is read, without a token.
  router.use((request, response, next) => {
    const route = routeOf(request.method, request.path);
    const header = request.get('x-cube-authorization') ?? request.get('authorization');
    const securityContext = verifyToken(tokenFromHeader(header), options.secret);
    if (route === 'meta') request.query = metaQuery(request);
    const isData = route === 'data' || route === 'sql';
    const action = request.path.slice(request.path.lastIndexOf('/') + 1);
    const tell = isData && options.audit ? watch(response, securityContext, action, options.audit) : undefined;
    if (route === 'sql' && !maySeeSql(securityContext.roles)) {
      throw new RefusedError(403, 'The SQL of queries is not shown to your role.');
    }
    if (!isData) next('router');
    else {
      Object.assign(request, { securityContext, tell } satisfies Asking);
      next();
    }
  });
  router.use(express.json({ limit: options.bodyLimit, strict: true, type: () => true }));
  router.use(dataRequest(options, catalogues));
  router.use(refusal);
  return router;
}

/** `extended` would show the SQL of the models. */
function metaQuery(request: Request): Record<string, string> {
  if ('extended' in request.query) throw new RefusedError(403, 'Extended meta data is closed.');
  return request.query['onlyViews'] === 'true' ? { onlyViews: 'true' } : {};
}

function dataRequest(options: GuardOptions, catalogues: Catalogues): RequestHandler {
  return (request, _response, next) => {
    const check = async () => {
      const { securityContext, tell } = request as Request & Asking;
      const checked = readRequest(request.method === 'GET' ? request.query : request.body, options.timeZones);
      tell?.(checked.query);
      const context = { securityContext };
      passOn(
        request,
        checkRequest(checked, await catalogues.get(await options.compiler(context), context), options.present()),
      );
    };
    check().then(() => next(), next);
  };
}

/** Cube gets what was checked, not what was sent. */
function passOn(request: Request, checked: CheckedRequest): void {
  if (request.method === 'GET') request.query = { ...checked, query: JSON.stringify(checked.query) };
  else request.body = checked;
}

/** Answers what was thrown: a refusal in its own words, anything else without its text. */
export const refusal: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) {
    next(error);
  } else if (error instanceof AuthError || error instanceof RefusedError) {
    response
      .status(error.status)
      .type('json')
      .send(JSON.stringify({ error: error.message }));
  } else if (isBodyError(error)) {
    const text = error.status === 413 ? 'The request is too large.' : 'The request is not valid JSON.';
    response
      .status(error.status)
      .type('json')
      .send(JSON.stringify({ error: text }));
  } else {
    sendInternalError(response, response.json.bind(response), error);
  }
};

function isBodyError(error: unknown): error is { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number' && error.status < 500;
}

/** What still goes wrong after the guard, inside Cube. */
export const lastResort: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  // Cube hands on errors that it has answered already; Express would cut the connection.
  if (!response.headersSent) sendInternalError(response, response.json.bind(response), error);
  else if (!response.writableEnded) next(error);
};
