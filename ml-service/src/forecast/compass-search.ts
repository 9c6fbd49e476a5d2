/** A point of the unit cube at which a function is least, as far as the search got. */
export interface Minimum {
  readonly point: Float64Array;
  readonly value: number;
}

const firstStep = 0.25;
const lastStep = 0.02;

/**
 * Minimises a function over the unit cube by compass search (Kolda, Lewis and Torczon, 2003): walks along the axes as long
 * as it gets better, else halves its step. Deterministic.
 */
export function minimise(cost: (point: Float64Array) => number, start: readonly number[]): Minimum {
  const point = Float64Array.from(start);
  let value = cost(point);
  for (let step = firstStep; step >= lastStep;) {
    let isBetter = false;
    for (let axis = 0; axis < point.length; axis++) {
      const before = point[axis];
      for (const direction of [1, -1]) {
        point[axis] = Math.min(1, Math.max(0, before + direction * step));
        const tried = point[axis] === before ? Infinity : cost(point);
        if (tried < value) {
          value = tried;
          isBetter = true;
          break;
        }
        point[axis] = before;
      }
    }
    if (!isBetter) step /= 2;
  }
  return { point, value };
}
