import { identityOf } from '@fair-underwriting/http-service/src/access.ts';
import { HttpError } from '@fair-underwriting/http-service/src/errors.ts';
import type { Service } from '@fair-underwriting/http-service/src/application.ts';
import { readRecorded, recordIntervention, type RecordedIntervention } from '../../interventions/record.ts';
import { actors, mayAct, readers } from '../answer.ts';
import type { ServiceContext } from '../context.ts';
import { idempotencyHeader, interventionRequest, recorded, recordedList, recordedQuery, refusals } from '../schemas.ts';

const path = '/v1/interventions';

/** What was done for a customer. */
export function interventionRoutes(app: Service, context: ServiceContext): void {
  app.post(
    path,
    {
      config: { access: actors },
      schema: {
        summary: 'Records that an intervention was made, once for each Idempotency-Key',
        tags: ['interventions'],
        headers: idempotencyHeader,
        body: interventionRequest,
        response: { 201: recorded, ...refusals },
      },
    },
    async (request, reply) => {
      const { customerId, type, note = null } = request.body;
      const outcome = await recordIntervention(context.database, {
        customerId,
        type,
        note,
        sentBy: identityOf(request).sub,
        idempotencyKey: request.headers['idempotency-key'],
      });
      if ('recorded' in outcome) return reply.code(201).send(bodyOf(outcome.recorded));
      const { status, error, field } = outcome.refused;
      throw new HttpError(status, error, field === undefined ? {} : { field });
    },
  );
  app.get(
    path,
    {
      config: { access: readers },
      schema: {
        summary: 'The interventions that a customer received',
        tags: ['interventions'],
        querystring: recordedQuery,
        response: { 200: recordedList, ...refusals },
      },
    },
    async (request) => {
      const isNoteVisible = mayAct(identityOf(request).roles);
      const rows = await readRecorded(context.database, request.query.customerId);
      return { interventions: rows.map((row) => bodyOf(isNoteVisible ? row : { ...row, note: null })) };
    },
  );
}

function bodyOf({ sentAt, ...row }: RecordedIntervention) {
  return { ...row, sentAt: sentAt.toISOString() };
}
