import type { Role } from '@fair-underwriting/cube/src/auth/roles.ts';
import { identityOf } from '@fair-underwriting/http-service/src/access.ts';
import type { Service } from '@fair-underwriting/http-service/src/application.ts';
import { errorBody } from '@fair-underwriting/http-service/src/errors.ts';
import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import { acknowledge, addNote, resolve, type Action } from './act.ts';
import { listAlerts, readAlert, withoutPeople } from './read.ts';
import { alertPage, alertParams, alertWithEvents, listQuery, optionalNote, requiredNote } from './schema.ts';

const mayAct: readonly Role[] = ['executive', 'operations', 'on_call'];
/** Payers are outside: alerts speak of all payers and of what goes wrong in the house. */
const mayRead: readonly Role[] = [...mayAct, 'marketing', 'clinical', 'analyst', 'data_steward'];

const tags = ['alerts'];
const errors = { '4xx': errorBody, '5xx': errorBody };

/** Adds /v1/alerts: what there is, and what people do to it. */
export function addAlerts(service: Service, pool: pg.Pool): void {
  service.get(
    '/v1/alerts',
    {
      config: { access: mayRead },
      schema: {
        tags,
        summary: 'The newest alerts first',
        querystring: listQuery,
        response: { 200: alertPage, ...errors },
      },
    },
    async (request) => {
      const { status, severity, limit = '50', cursor } = request.query;
      const page = { statuses: status?.split(','), severities: severity?.split(','), limit: Number(limit), cursor };
      const { alerts, nextCursor } = await listAlerts(pool, page);
      return { alerts: seesPeople(request) ? alerts : alerts.map(withoutPeople), nextCursor };
    },
  );

  service.get(
    '/v1/alerts/:id',
    {
      config: { access: mayRead },
      schema: {
        tags,
        summary: 'One alert with everything that happened to it',
        params: alertParams,
        response: { 200: alertWithEvents, ...errors },
      },
    },
    async (request) => {
      const alert = await readAlert(pool, request.params.id);
      return seesPeople(request) ? alert : withoutPeople(alert);
    },
  );

  const actionOf = (request: FastifyRequest<{ Params: { id: string } }>, note: string | undefined): Action => ({
    id: request.params.id,
    by: identityOf(request).sub,
    note,
  });
  const response = { 200: alertWithEvents, ...errors };
  for (const [path, summary, act] of [
    ['acknowledge', 'Takes an open alert on', acknowledge],
    ['resolve', 'Ends an alert', resolve],
  ] as const) {
    service.post(
      `/v1/alerts/:id/${path}`,
      {
        config: { access: mayAct },
        // Nothing to say is no mistake here.
        preValidation: (request, _reply, done) => {
          const body: unknown = request.body;
          if (body === undefined || body === null) request.body = {};
          done();
        },
        schema: { tags, summary, params: alertParams, body: optionalNote, response },
      },
      (request) => act(pool, actionOf(request, request.body.note)),
    );
  }
  service.post(
    '/v1/alerts/:id/notes',
    {
      config: { access: mayAct },
      schema: { tags, summary: 'Adds a note', params: alertParams, body: requiredNote, response },
    },
    (request) => addNote(pool, actionOf(request, request.body.note)),
  );
}

function seesPeople(request: FastifyRequest): boolean {
  return identityOf(request).roles.some((role) => mayAct.includes(role));
}
