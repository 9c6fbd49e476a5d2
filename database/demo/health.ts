import { Random } from './random.ts';
import type { Rows } from './rows.ts';
import { day, hour, minute } from './time.ts';
import type { World } from './world.ts';

/** Components with their requests per hour at the default size and their typical latency in milliseconds. */
const components = [
  { name: 'web', requests: 4200, latency: 85 },
  { name: 'api', requests: 7800, latency: 38 },
  { name: 'database', requests: 15000, latency: 7 },
] as const;
/** Upper bounds of the histogram's classes; the last class is open. */
const bounds = [5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000];
const daily = [3, 2, 1.5, 1.2, 1.2, 2, 4, 7, 10, 12, 13, 13, 12, 12, 13, 13, 13, 13, 14, 15, 15, 13, 9, 5].map(
  (v) => v / 9,
);
const connections = 200;
/** The newest samples come every five minutes, older ones were thinned to one an hour. */
const fineDays = 30;

interface Incident {
  from: number;
  to: number;
  kind: 'outage' | 'slow';
}

/** When service was down or slow: once badly, once lately, and briefly now and then. */
export function incidents(world: World): Incident[] {
  const random = Random.fork(world.size.seed, 'health', 1);
  const found: Incident[] = [
    { from: world.end - 75 * day + 14 * hour, to: world.end - 75 * day + 19 * hour, kind: 'outage' },
    { from: world.end - 12 * day + 15 * hour, to: world.end - 12 * day + 17.5 * hour, kind: 'slow' },
  ];
  for (
    let at = world.start + random.exponential(40) * day;
    at < world.end - 90 * day;
    at += random.exponential(70) * day
  ) {
    found.push({ from: at, to: at + random.between(0.5, 3) * hour, kind: random.chance(0.4) ? 'outage' : 'slow' });
  }
  return found.filter((incident) => incident.from >= world.start);
}

/** Share of a log-normal latency below a bound, by the logistic approximation of the normal distribution. */
function below(bound: number, median: number): number {
  const z = Math.log(bound / median) / 0.75;
  return 1 / (1 + Math.exp(-1.702 * z));
}

function histogram(random: Random, requests: number, median: number): number[] {
  const counts: number[] = [];
  let before = 0;
  let given = 0;
  for (const bound of bounds) {
    const share = below(bound, median);
    const count = Math.min(
      requests - given,
      Math.max(0, Math.round(requests * (share - before) + random.normal(0, 0.4))),
    );
    counts.push(count);
    given += count;
    before = share;
  }
  counts.push(requests - given);
  return counts;
}

/** Writes the samples of one component between two instants; a few are missing. */
function writeSamples(
  world: World,
  rows: Rows,
  position: number,
  from: number,
  to: number,
  step: number,
  troubles: Incident[],
): void {
  const component = components[position] ?? components[0];
  const random = Random.fork(world.size.seed, 'health', 10 + position + step);
  const size = Math.max(0.02, world.scale);
  for (let at = from; at < to && at <= world.end; at += step) {
    const trouble = troubles.find((incident) => at >= incident.from && at < incident.to);
    if (random.chance(trouble ? 0.15 : 0.0004)) continue;
    const growth = 0.35 + (0.65 * (at - world.start)) / (world.end - world.start);
    const load = growth * (daily[Math.floor((at % day) / hour)] ?? 1) * random.logNormal(1, 0.12);
    const isUp = trouble?.kind !== 'outage';
    const requests = isUp ? Math.round(component.requests * load * size * (step / hour)) : 0;
    const errors = Math.min(requests, random.poisson(requests * (trouble ? 0.04 : 0.0007)));
    const latency = component.latency * (trouble ? 9 : 1) * (0.9 + 0.15 * load) * random.logNormal(1, 0.06);
    rows.add(
      'service_health_samples',
      component.name,
      at,
      step / 1000,
      isUp,
      requests,
      errors,
      histogram(random, requests, latency),
      Math.round((requests / (step / hour)) * 0.012),
      Math.min(connections, Math.round(18 + 55 * load * Math.min(1.4, size) + (trouble ? 90 : 0))),
      connections,
    );
  }
}

/** Writes the health of the service. */
export function writeHealth(world: World, rows: Rows): void {
  const fine = Math.max(world.start, world.end + 1000 - fineDays * day);
  const troubles = incidents(world);
  for (const position of components.keys()) {
    writeSamples(world, rows, position, world.start, fine, hour, troubles);
    writeSamples(world, rows, position, fine, world.end + 1000, 5 * minute, troubles);
  }
}
