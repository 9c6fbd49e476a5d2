import { inverse, Matrix } from 'ml-matrix';

/** Journeys that took the same path: channels in order, none twice in a row. */
export interface Path {
  readonly channels: readonly string[];
  readonly converts: boolean;
  readonly journeys: number;
}

/** What is below is a rounding error of a chain that has no such way. */
const negligible = 1e-12;

/**
 * The removal effect of each channel in a first-order Markov chain: the share of the conversions that are lost when every
 * step into the channel ends the journey instead.
 *
 * A journey that converts without the channel never enters it, so what is lost are the journeys that do enter it and
 * convert from there: P(enter it) x P(convert from it) / P(convert). This has no difference of nearly equal numbers.
 */
export function removalEffects(paths: readonly Path[]): Map<string, number> {
  const channels = [...new Set(paths.flatMap((path) => path.channels))].sort();
  const n = channels.length;
  if (n === 0) return new Map();
  const { starts, steps, conversions, visits } = countSteps(paths, channels);
  const total = starts.reduce((sum, count) => sum + count, 0);

  const staying = Matrix.eye(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) staying.set(i, j, staying.get(i, j) - steps[i][j] / visits[i]);
  }
  // Expected visits to j of a journey that is at i.
  const expected = inverse(staying);
  const convertFrom = channels.map((_, i) =>
    conversions.reduce((sum, count, j) => sum + (expected.get(i, j) * count) / visits[j], 0),
  );
  const visitsFromStart = channels.map((_, j) =>
    starts.reduce((sum, count, i) => sum + (count / total) * expected.get(i, j), 0),
  );
  const converts = starts.reduce((sum, count, i) => sum + (count / total) * convertFrom[i], 0);
  return new Map(
    channels.map((channel, i) => {
      if (converts < negligible || convertFrom[i] < negligible) return [channel, 0];
      const enters = visitsFromStart[i] / expected.get(i, i);
      return [channel, Math.max(0, Math.min(1, (enters * convertFrom[i]) / converts))];
    }),
  );
}

function countSteps(paths: readonly Path[], channels: readonly string[]) {
  const index = new Map(channels.map((channel, i) => [channel, i]));
  const zeros = () => channels.map(() => 0);
  const counts = { starts: zeros(), steps: channels.map(zeros), conversions: zeros(), visits: zeros() };
  for (const { channels: path, converts, journeys } of paths) {
    let before: number | undefined;
    for (const channel of path) {
      const at = index.get(channel) ?? 0;
      counts.visits[at] += journeys;
      if (before === undefined) counts.starts[at] += journeys;
      else counts.steps[before][at] += journeys;
      before = at;
    }
    if (before !== undefined && converts) counts.conversions[before] += journeys;
  }
  return counts;
}
