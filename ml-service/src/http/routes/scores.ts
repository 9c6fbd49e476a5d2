import type { Service } from '@fair-underwriting/http-service/src/application.ts';
import { scoreRows } from '../../serving/churn.ts';
import { readSubscribers } from '../../serving/customers.ts';
import { readers } from '../answer.ts';
import { withModel, type ServiceContext } from '../context.ts';
import { refusals, scores, scoresRequest } from '../schemas.ts';

/** Many customers: probabilities without reasons, scored beside the event loop. */
export function scoreRoutes(app: Service, context: ServiceContext): void {
  app.post(
    '/v1/scores',
    {
      config: { access: readers },
      schema: {
        summary: 'How likely each of many subscribers is to leave within 90 days',
        tags: ['churn'],
        body: scoresRequest,
        response: { 200: scores, ...refusals },
      },
    },
    async (request) =>
      context.batches.run(() =>
        withModel(context, async (model) => {
          const wanted = [...new Set(request.body.customerIds.map((id) => id.toLowerCase()))];
          const { asOf, subscribers } = await readSubscribers(context.database, wanted);
          const results = await scoreRows(
            model,
            subscribers.map(({ values }) => values),
          );
          context.metrics.scored.inc({ kind: 'batch' }, results.length);
          const found = new Set(subscribers.map(({ customerId }) => customerId));
          return {
            asOf: asOf.toISOString(),
            modelVersion: model.card.version,
            scores: subscribers.map(({ customerId, isHeldOut }, i) => ({
              customerId,
              ...results[i],
              holdOut: isHeldOut,
            })),
            notFound: wanted.filter((id) => !found.has(id)),
          };
        }),
      ),
  );
}
