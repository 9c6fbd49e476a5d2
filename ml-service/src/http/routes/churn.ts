import { identityOf } from '@fair-underwriting/http-service/src/access.ts';
import type { Service } from '@fair-underwriting/http-service/src/application.ts';
import { predictChurn } from '../../serving/churn.ts';
import { readHistory } from '../../serving/history.ts';
import { predictionBody, readers } from '../answer.ts';
import { withModel, type ServiceContext } from '../context.ts';
import { customerParams, history, prediction, refusals } from '../schemas.ts';
import { noCustomer, readAsked, subjectOf } from '../subject.ts';

const base = '/v1/customers/:id/churn';

/** One customer: the prediction now, and what was predicted before. */
export function churnRoutes(app: Service, context: ServiceContext): void {
  app.get(
    base,
    {
      config: { access: readers },
      schema: {
        summary: 'How likely a subscriber is to leave within 90 days, why, and what may help',
        tags: ['churn'],
        params: customerParams,
        response: { 200: prediction, ...refusals },
      },
    },
    async (request) =>
      withModel(context, async (model) => {
        const asked = await readAsked(context.database, request.params.id, 'params/id');
        const churn = await predictChurn(model, asked.subscriber.values, await context.interventions.types());
        context.metrics.scored.inc({ kind: 'single' });
        return predictionBody(subjectOf(asked, model, churn.probability), churn, identityOf(request).roles);
      }),
  );
  app.get(
    `${base}/history`,
    {
      config: { access: readers },
      schema: {
        summary: 'What was predicted for a customer, and what happened',
        tags: ['churn'],
        params: customerParams,
        response: { 200: history, ...refusals },
      },
    },
    async (request) => {
      const predictions = await readHistory(context.database, request.params.id);
      if (predictions === undefined) throw noCustomer('params/id');
      return { predictions: predictions.map(({ asOf, ...rest }) => ({ asOf: asOf.toISOString(), ...rest })) };
    },
  );
}
