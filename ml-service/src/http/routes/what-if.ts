import type { Role } from '@fair-underwriting/cube/src/auth/roles.ts';
import { identityOf } from '@fair-underwriting/http-service/src/access.ts';
import { HttpError } from '@fair-underwriting/http-service/src/errors.ts';
import type { Service } from '@fair-underwriting/http-service/src/application.ts';
import type { RawRow } from '../../data/encoding.ts';
import { features as catalogue } from '../../features/catalogue.ts';
import { predictChurn } from '../../serving/churn.ts';
import { readAsOf } from '../../serving/customers.ts';
import type { ServedModel } from '../../serving/served-model.ts';
import { allowedFeatures, checkValues, FeatureValueError, type AllowedFeature } from '../../serving/what-if.ts';
import { maySeeGenotype, predictionBody, readers } from '../answer.ts';
import { withModel, type ServiceContext } from '../context.ts';
import { features, refusals, whatIf, whatIfRequest } from '../schemas.ts';
import { anonymousSubject, readAsked, subjectOf } from '../subject.ts';

/** What would change a prediction: the features one may ask about, and the answer. */
export function whatIfRoutes(app: Service, context: ServiceContext): void {
  app.get(
    '/v1/features',
    {
      config: { access: readers },
      schema: {
        summary: 'The features that one may ask about, with the values that they take',
        tags: ['what-if'],
        response: { 200: features, ...refusals },
      },
    },
    async (request) =>
      withModel(context, (model) =>
        Promise.resolve({
          modelVersion: model.card.version,
          features: featuresFor(model, identityOf(request).roles).map(({ kind: type, allowed, ...feature }) => ({
            ...feature,
            type,
            levels: allowed === null ? null : [...allowed],
          })),
        }),
      ),
  );
  app.post(
    '/v1/what-if',
    {
      config: { access: readers },
      schema: {
        summary: 'The prediction for a customer with other features, or for features alone',
        tags: ['what-if'],
        body: whatIfRequest,
        response: { 200: whatIf, ...refusals },
      },
    },
    async (request) =>
      withModel(context, async (model) => {
        const { customerId, changes, features: given } = request.body;
        const { roles } = identityOf(request);
        const allowed = featuresFor(model, roles);
        if (customerId !== undefined) {
          if (given !== undefined) throw excluded('body/features', 'with customerId, send changes instead');
          return compare(context, model, { customerId, changes: valuesOf('changes', changes ?? {}, allowed), roles });
        }
        if (changes !== undefined) throw excluded('body/changes', 'it needs customerId; without, send features');
        if (given === undefined) throw excluded('body', 'send customerId with changes, or features');
        const row = valuesOf('features', given, allowed);
        const churn = await predictChurn(model, row, await context.interventions.types());
        context.metrics.scored.inc({ kind: 'what-if' });
        const subject = anonymousSubject(await readAsOf(context.database), model);
        return { after: predictionBody(subject, churn, roles) };
      }),
  );
}

interface Question {
  readonly customerId: string;
  readonly changes: RawRow;
  readonly roles: readonly Role[];
}

async function compare(context: ServiceContext, model: ServedModel, { customerId, changes, roles }: Question) {
  const asked = await readAsked(context.database, customerId, 'body/customerId');
  const types = await context.interventions.types();
  const now = await predictChurn(model, asked.subscriber.values, types);
  const then = await predictChurn(model, { ...asked.subscriber.values, ...changes }, types);
  context.metrics.scored.inc({ kind: 'what-if' }, 2);
  return {
    before: predictionBody(subjectOf(asked, model, now.probability), now, roles),
    after: predictionBody(subjectOf(asked, model, then.probability), then, roles),
  };
}

function featuresFor(model: ServedModel, roles: readonly Role[]): AllowedFeature[] {
  const levels = new Map(model.card.features.map((feature) => [feature.name, feature.levels]));
  return allowedFeatures((name) => levels.get(name), maySeeGenotype(roles));
}

function valuesOf(member: string, given: Record<string, unknown>, allowed: readonly AllowedFeature[]): RawRow {
  try {
    return checkValues(given, allowed);
  } catch (error) {
    if (!(error instanceof FeatureValueError)) throw error;
    const { feature, message } = error;
    const field = `body/${member}/${feature.slice(0, 100)}`;
    // That the answer stays the same would tell the genotype to somebody who may not see it.
    const isHidden = catalogue.some(({ name, isSensitive }) => isSensitive && name === feature);
    if (isHidden && !allowed.some(({ name }) => name === feature)) {
      throw new HttpError(403, `${field} is not allowed for your role.`, { field });
    }
    throw new HttpError(400, `${field} ${message}`, { field });
  }
}

function excluded(field: string, what: string): HttpError {
  return new HttpError(400, `${field} is wrong here: ${what}.`, { field });
}
