import Type, { type Static } from 'typebox';
import { errorBody } from '@fair-underwriting/http-service/src/errors.ts';
import { riskLevels } from '../scoring/risk.ts';

/** Most customers that one request may ask about. */
export const mostCustomers = 500;

const nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

export const customerId = Type.String({
  pattern: '^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$',
  description: 'UUID of the customer.',
});
export const customerParams = Type.Object({ id: customerId }, { additionalProperties: false });

const instant = Type.String({ description: 'ISO 8601, UTC.' });
const probability = Type.Number({
  minimum: 0,
  maximum: 1,
  description: 'Calibrated probability of churn within 90 days, to four decimals.',
});
const riskLevel = Type.Enum([...riskLevels], {
  description: 'low < 0.2 <= medium < 0.5 <= high < 0.8 <= critical',
});
const featureValue = Type.Union([Type.Number(), Type.Boolean(), Type.String(), Type.Null()], {
  description: 'Null is missing.',
});
const modelVersion = Type.String();

export const factor = Type.Object({
  feature: Type.String(),
  title: Type.String(),
  value: featureValue,
  contribution: Type.Number({ description: 'SHAP value on the uncalibrated margin: positive raises the risk.' }),
  sentence: Type.String({ description: 'The same in words.' }),
});

const basis = Type.Enum(['assumption', 'measured'], {
  description: 'Where the expected impact comes from: the settings, or the comparison with the held-out customers.',
});
const impact = Type.Number({
  minimum: 0,
  maximum: 1,
  description: 'Share by which the probability of churn is expected to fall.',
});

export const intervention = Type.Object({
  type: Type.String({ description: 'To be given when it is recorded.' }),
  channel: Type.String(),
  title: Type.String(),
  message: Type.String(),
  priority: Type.Integer(),
  expectedImpact: impact,
  basis,
});

export const prediction = Type.Object({
  customerId: nullable(Type.String()),
  asOf: instant,
  modelVersion,
  probability,
  riskLevel,
  factors: Type.Array(factor, { description: 'Largest contribution first.' }),
  interventions: Type.Array(intervention, {
    description: 'Greatest expected impact first; none for held-out customers.',
  }),
  predictedChurnDate: nullable(
    Type.String({ description: 'YYYY-MM-DD: end of the paid period; null up to 0.5, and beyond 90 days.' }),
  ),
  holdOut: Type.Boolean({ description: 'Whether the customer stays untreated, so that impact can be measured.' }),
});
export type PredictionBody = Static<typeof prediction>;

export const history = Type.Object({
  predictions: Type.Array(
    Type.Object({
      asOf: instant,
      probability,
      riskLevel,
      modelVersion,
      outcome: nullable(
        Type.Enum(['churned', 'retained'], { description: 'What happened within 90 days; null until known.' }),
      ),
    }),
    { description: 'Newest first.' },
  ),
});

export const scoresRequest = Type.Object(
  { customerIds: Type.Array(customerId, { minItems: 1, maxItems: mostCustomers, uniqueItems: true }) },
  { additionalProperties: false },
);
export const scores = Type.Object({
  asOf: instant,
  modelVersion,
  scores: Type.Array(
    Type.Object({
      customerId: Type.String(),
      probability,
      riskLevel,
      holdOut: Type.Boolean(),
    }),
  ),
  notFound: Type.Array(Type.String(), { description: 'Unknown, or without a running subscription.' }),
});

/** Values are checked against the catalogue, which names the feature in its refusal. */
const values = (description: string) => Type.Record(Type.String(), Type.Unknown(), { maxProperties: 100, description });
export const whatIfRequest = Type.Object(
  {
    customerId: Type.Optional(customerId),
    changes: Type.Optional(values('With customerId: features to change; null makes one missing.')),
    features: Type.Optional(values('Without customerId: all features; those left out are missing.')),
  },
  { additionalProperties: false },
);
export const whatIf = Type.Object({ before: Type.Optional(prediction), after: prediction });

export const features = Type.Object({
  modelVersion,
  features: Type.Array(
    Type.Object({
      name: Type.String(),
      title: Type.String(),
      description: Type.String(),
      type: Type.Enum(['number', 'boolean', 'category']),
      unit: nullable(Type.String()),
      minimum: nullable(Type.Number()),
      maximum: nullable(Type.Number()),
      levels: nullable(Type.Array(Type.String(), { description: 'Values of a category.' })),
    }),
  ),
});

const note = Type.String({ minLength: 1, maxLength: 1_000, pattern: '^[^\\u0000]*$' });
export const interventionRequest = Type.Object(
  {
    customerId,
    type: Type.String({ minLength: 1, maxLength: 50, pattern: '^[a-z0-9_]+$' }),
    note: Type.Optional(note),
  },
  { additionalProperties: false },
);
export const idempotencyHeader = Type.Object({
  'idempotency-key': Type.String({
    pattern: '^[\\x21-\\x7e]{1,200}$',
    description: 'Made by the caller for each intervention: sent again, it records nothing twice.',
  }),
});
export const recorded = Type.Object({
  id: Type.String(),
  customerId: Type.String(),
  type: Type.String(),
  title: Type.String(),
  note: nullable(Type.String({ description: 'Null for roles that may not record.' })),
  sentAt: instant,
  sentBy: Type.String(),
});
export const recordedList = Type.Object({
  interventions: Type.Array(recorded, { description: 'Newest first, 200 at most.' }),
});
export const recordedQuery = Type.Object({ customerId }, { additionalProperties: false });

/** The answers that every route of /v1 may give besides its own. */
export const refusals = {
  400: errorBody,
  401: errorBody,
  403: errorBody,
  404: errorBody,
  409: errorBody,
  422: errorBody,
  500: errorBody,
  503: errorBody,
};
