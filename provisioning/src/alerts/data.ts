import { cubeQuery, dataSource, type CubeQuery, type Question } from '../cube-query.ts';

const hour = 3_600;
export const day = 24 * hour;

/** Seconds before the evaluation at which the range of a query begins and ends. */
export interface Range {
  from: number;
  to: number;
}

/**
 * Holds the reporting as-of, which is the present, or some day of the past year where it is pinned: the views take the
 * newest day in it and look back from there by themselves.
 */
export const asOf: Range = { from: 365 * day, to: 0 };

/** The as-of of so many days ago. */
export const asOfBefore = (days: number): Range => ({ from: asOf.from + days * day, to: days * day });

/** The time to the evaluation, for what is dated by when it happened. */
export const last = (seconds: number): Range => ({ from: seconds, to: 0 });
export const minutes = (count: number) => count * 60;
export const days = (count: number) => count * day;

/** A step of a rule: a question to Cube, or an expression over the steps before it. */
export type Step = Ask | Expression;

export interface Ask {
  range: Range;
  query: CubeQuery;
}

export type Expression =
  | { type: 'reduce'; expression: string; reducer: 'last' | 'median'; settings: { mode: 'dropNN' } }
  | { type: 'math'; expression: string }
  | { type: 'threshold'; expression: string; conditions: [{ evaluator: { type: 'gt' | 'lt'; params: [number] } }] };

/** One number for each combination of dimensions. */
export const figures = (view: string, range: Range, question: Question): Ask => ({
  range,
  query: cubeQuery(view, question, 'table'),
});

/** One series for each combination of dimensions. */
export const course = (view: string, range: Range, question: Question & Required<Pick<Question, 'every'>>): Ask => ({
  range,
  query: cubeQuery(view, question, 'time_series'),
});

/** A number of each series; undefined points are left out. */
export const reduce = (expression: string, reducer: 'last' | 'median'): Expression => ({
  type: 'reduce',
  expression,
  reducer,
  settings: { mode: 'dropNN' },
});

/** Arithmetic and comparisons over `$step`s of the same dimensions. */
export const math = (expression: string): Expression => ({ type: 'math', expression });

export const above = (expression: string, limit: number): Expression => threshold(expression, 'gt', limit);
export const below = (expression: string, limit: number): Expression => threshold(expression, 'lt', limit);

function threshold(expression: string, type: 'gt' | 'lt', limit: number): Expression {
  return { type: 'threshold', expression, conditions: [{ evaluator: { type, params: [limit] } }] };
}

/** A step as Grafana's rules keep it. */
export interface StoredStep {
  refId: string;
  datasourceUid: string;
  relativeTimeRange?: Range;
  model: (CubeQuery | Expression) & { refId: string };
}

export function stored(refId: string, step: Step): StoredStep {
  return 'query' in step
    ? {
        refId,
        datasourceUid: dataSource.uid,
        relativeTimeRange: step.range,
        model: { ...step.query, refId },
      }
    : { refId, datasourceUid: '__expr__', model: { ...step, refId } };
}
