import type { CubeQuery } from '@fair-underwriting/provisioning/src/cube-query.ts';
import type { Ask, Expression, StoredStep } from '@fair-underwriting/provisioning/src/alerts/data.ts';
import type { Rule } from '@fair-underwriting/provisioning/src/alerts/rule.ts';
import { restQuery } from '../provisioning/stored-query.ts';

/** What a rule says of one combination of dimensions. */
export interface Verdict {
  labels: Record<string, string>;
  /** Undefined is null: then the rule's state for "no data" holds. */
  fires: boolean | null;
  /** The steps' numbers for the same combination. */
  values: Record<string, number | null>;
}

interface Value {
  labels: Record<string, string>;
  points: (number | null)[];
}

export type Load = (query: object) => Promise<Record<string, unknown>[]>;

/**
 * Stands in for Grafana's evaluation where there is no Grafana: the rule's own queries, asked of Cube, and the few
 * kinds of expressions that our rules use. tests/grafana/alert-rules.test.ts asks the same of a real Grafana.
 * @param now milliseconds since 1970
 */
export async function evaluate(rule: Rule, load: Load, now: number): Promise<Verdict[]> {
  const steps = new Map<string, Value[]>();
  for (const step of rule.data) steps.set(step.refId, await outcome(step, steps, load, now));
  const verdicts = steps.get(rule.condition) ?? [];
  return verdicts.map(({ labels, points: [value = null] }) => ({
    labels,
    fires: value === null ? null : value !== 0,
    values: Object.fromEntries(
      [...steps].flatMap(([refId, values]): [string, number | null][] => {
        const found = values.find((other) => matches(other.labels, labels));
        return found?.points.length === 1 ? [[refId, found.points[0] ?? null]] : [];
      }),
    ),
  }));
}

async function outcome(step: StoredStep, steps: Map<string, Value[]>, load: Load, now: number): Promise<Value[]> {
  const { model, relativeTimeRange } = step;
  return 'view' in model
    ? ask(model, rangeAt(relativeTimeRange ?? { from: 0, to: 0 }, now), load)
    : express(model, steps);
}

/** The wall clock in UTC, to the millisecond, as the data source writes it. */
export function rangeAt({ from, to }: Ask['range'], now: number): [string, string] {
  const at = (seconds: number) => new Date(now - seconds * 1000).toISOString().slice(0, -1);
  return [at(from), at(to)];
}

async function ask(query: CubeQuery, range: [string, string], load: Load): Promise<Value[]> {
  const rows = await load(restQuery(query, range));
  const { dimension, granularity } = query.timeDimension;
  const time = `${dimension}.${granularity ?? ''}`;
  if (granularity !== undefined) rows.sort((a, b) => String(a[time]).localeCompare(String(b[time])));
  const values = new Map<string, Value>();
  for (const row of rows) {
    const labels = Object.fromEntries(
      query.dimensions.map((name) => [name.slice(query.view.length + 1), text(row[name])]),
    );
    const key = JSON.stringify(labels);
    const value = values.get(key) ?? { labels, points: [] };
    const number = row[query.measures[0] ?? ''];
    value.points.push(number === null || number === undefined ? null : Number(number));
    values.set(key, value);
  }
  return [...values.values()];
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function express(expression: Expression, steps: Map<string, Value[]>): Value[] {
  const of = (refId: string) => steps.get(refId) ?? [];
  switch (expression.type) {
    case 'reduce':
      return of(expression.expression).map(({ labels, points }) => {
        const known = points.filter((point) => point !== null);
        return { labels, points: [expression.reducer === 'last' ? (known.at(-1) ?? null) : median(known)] };
      });
    case 'threshold': {
      const { type, params } = expression.conditions[0].evaluator;
      return of(expression.expression).map(({ labels, points: [value = null] }) => ({
        labels,
        points: [value === null ? null : Number(type === 'gt' ? value > params[0] : value < params[0])],
      }));
    }
    case 'math':
      return compute(expression.expression, of);
  }
}

/** Numbers of the same labels, or without any, with each other; what has no partner is left out. */
function compute(expression: string, of: (refId: string) => Value[]): Value[] {
  const names = [...new Set([...expression.matchAll(/\$(\w+)/g)].map(([, name = '']) => name))];
  const every = names.flatMap((name) => of(name).map(({ labels }) => labels));
  const most = Math.max(...every.map((labels) => Object.keys(labels).length));
  const whole = every.filter((labels) => Object.keys(labels).length === most);
  const different = [...new Map(whole.map((labels) => [JSON.stringify(labels), labels])).values()];
  return different.flatMap((labels): Value[] => {
    const operands = names.map((name) => of(name).find((value) => matches(value.labels, labels)));
    if (operands.some((operand) => operand === undefined)) return [];
    const numbers = operands.map((operand) => operand?.points[0] ?? null);
    if (numbers.includes(null)) return [{ labels, points: [null] }];
    // Our own expressions, in which JavaScript's operators mean what Grafana's do.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const run = new Function(...names.map((name) => `$${name}`), `return Number(${expression})`) as (
      ...values: (number | null)[]
    ) => number;
    return [{ labels, points: [run(...numbers)] }];
  });
}

const matches = (some: Record<string, string>, all: Record<string, string>) =>
  Object.entries(some).every(([name, value]) => all[name] === value);

function median(values: number[]): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? null)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}
