import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Role } from '../auth/roles.ts';
import { tokenFromHeader, verifyToken, type Identity } from '../auth/verify.ts';
import { hideInternalErrors } from '../guard/answers.ts';
import { Catalogues, type Catalogue, type Compiler } from '../guard/catalogue.ts';
import { RefusedError } from '../guard/errors.ts';
import { refusal } from '../guard/middleware.ts';
import { readDefinition, readVersion, seesCohorts, visibleCriteria } from './definition.ts';
import type { CohortStore, SavedCohort } from './store.ts';

const writers: readonly Role[] = ['executive', 'operations', 'marketing', 'clinical'];
const bodyLimit = 32_768;
const uuid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export interface CohortRoutesOptions {
  secret: string;
  /** Undefined where no connection that may write is configured. */
  store: CohortStore | undefined;
  compiler(context: { securityContext: Identity }): Promise<Compiler>;
}

interface Call {
  identity: Identity;
  catalogue: Catalogue;
  store: CohortStore;
}

/**
 * Saved cohorts under /fua/cohorts: GET lists those whose criteria the caller may see, POST, PUT and DELETE change them
 * for the roles that may. Everything is checked against the model as the caller sees it.
 */
export function cohortRoutes(options: CohortRoutesOptions): Router {
  const router = express.Router();
  const catalogues = new Catalogues();
  const open = async (request: Request): Promise<Call> => {
    const identity = verifyToken(tokenFromHeader(request.get('authorization')), options.secret);
    const context = { securityContext: identity };
    const catalogue = await catalogues.get(await options.compiler(context), context);
    if (!seesCohorts(catalogue)) throw new RefusedError(403, 'Your role sees no cohorts.');
    if (options.store === undefined) {
      throw new RefusedError(501, 'Saving cohorts is not configured: set CUBE_COHORTS_DATABASE_URL where Cube runs.');
    }
    if (request.method !== 'GET' && !mayWrite(identity)) {
      throw new RefusedError(403, `Saving cohorts needs one of the roles ${writers.join(', ')}.`);
    }
    return { identity, catalogue, store: options.store };
  };
  // Whoever has no right to write has no body read.
  const opened: RequestHandler = (request, response, next) => {
    open(request).then((call) => {
      response.locals['call'] = call;
      next();
    }, next);
  };
  const parsed = express.json({ limit: bodyLimit, strict: true, type: () => true });

  router.use((_request, response, next) => {
    hideInternalErrors(response);
    next();
  });
  router.get('/', opened, answer(list));
  router.post('/', opened, parsed, answer(create));
  router.put('/:id', opened, parsed, answer(replace));
  router.delete('/:id', opened, answer(remove));
  router.use((_request, _response, next) => next(new RefusedError(404, 'There is nothing at this address.')));
  router.use(refusal);
  return router;
}

function answer(run: (call: Call, request: Request, response: Response) => Promise<void>): RequestHandler {
  return (request, response, next) => {
    run(response.locals['call'] as Call, request, response).catch(next);
  };
}

async function list({ store, catalogue, identity }: Call, _request: Request, response: Response): Promise<void> {
  const cohorts = (await store.list()).flatMap((cohort) => shown(cohort, catalogue) ?? []);
  response.json({ cohorts, mayWrite: mayWrite(identity) });
}

async function create({ store, catalogue, identity }: Call, request: Request, response: Response): Promise<void> {
  const cohort = await store.create(readDefinition(request.body, catalogue), identity.sub);
  response.status(201).json(shown(cohort, catalogue));
}

async function replace({ store, catalogue, identity }: Call, request: Request, response: Response): Promise<void> {
  const id = idOf(request);
  const definition = readDefinition(request.body, catalogue);
  await assertVisible(store, id, catalogue);
  const cohort = await store.replace(id, readVersion(request.body), definition, identity.sub);
  response.json(shown(cohort, catalogue));
}

async function remove({ store, catalogue, identity }: Call, request: Request, response: Response): Promise<void> {
  const id = idOf(request);
  await assertVisible(store, id, catalogue);
  await store.remove(id, identity.sub);
  response.status(204).end();
}

/** What the caller may not see does not exist for them. */
async function assertVisible(store: CohortStore, id: string, catalogue: Catalogue): Promise<void> {
  if (!shown(await store.find(id), catalogue)) throw new RefusedError(404, 'There is no such cohort.');
}

function shown({ criteria, ...cohort }: SavedCohort, catalogue: Catalogue) {
  const visible = visibleCriteria(criteria, catalogue);
  return visible && { ...cohort, ...visible };
}

function mayWrite({ roles }: Identity): boolean {
  return roles.some((role) => writers.includes(role));
}

function idOf(request: Request): string {
  const { id = '' } = request.params;
  if (!uuid.test(id)) throw new RefusedError(400, 'The id in the address is not one of a cohort.');
  return id;
}
