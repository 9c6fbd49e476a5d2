import { HttpError } from '@fair-underwriting/http-service/src/errors.ts';
import { DateTime } from 'luxon';
import type { Pool } from 'pg';
import { predictedChurnDate } from '../scoring/churn-date.ts';
import { readSubscribers, type Subscriber, type Subscribers } from '../serving/customers.ts';
import type { ServedModel } from '../serving/served-model.ts';
import type { Subject } from './answer.ts';

/** A subscriber whom a prediction is asked about. */
export interface Asked extends Pick<Subscribers, 'asOf' | 'timeZone'> {
  readonly subscriber: Subscriber;
}

/**
 * Reads the subscriber whom a request names.
 * @throws {HttpError} 404 where there is no such customer, or nothing to predict
 */
export async function readAsked(database: Pool, id: string, field: string): Promise<Asked> {
  const { asOf, timeZone, subscribers, known } = await readSubscribers(database, [id.toLowerCase()]);
  const [subscriber] = subscribers;
  if (subscribers.length > 0) return { asOf, timeZone, subscriber };
  throw known.size === 0
    ? noCustomer(field)
    : new HttpError(404, 'Nothing to predict: the customer has no paid subscription, or has given notice already.', {
        field,
      });
}

export function noCustomer(field: string): HttpError {
  return new HttpError(404, 'There is no such customer.', { field });
}

/** Whom and when a prediction is about; the expected date depends on its probability. */
export function subjectOf({ asOf, timeZone, subscriber }: Asked, model: ServedModel, probability: number): Subject {
  const date = predictedChurnDate(probability, asOf, subscriber.renewals);
  return {
    customerId: subscriber.customerId,
    asOf: asOf.toISOString(),
    modelVersion: model.card.version,
    predictedChurnDate: date && DateTime.fromJSDate(date, { zone: timeZone }).toISODate(),
    holdOut: subscriber.isHeldOut,
  };
}

/** The same where a prediction is about features alone. */
export function anonymousSubject(asOf: Date, model: ServedModel): Subject {
  return {
    customerId: null,
    asOf: asOf.toISOString(),
    modelVersion: model.card.version,
    predictedChurnDate: null,
    holdOut: false,
  };
}
