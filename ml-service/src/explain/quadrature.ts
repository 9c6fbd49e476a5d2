/** Points and weights of an integral over [0, 1]. */
export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

/** Gauss-Legendre quadrature on [0, 1] with `count` points: exact for polynomials of degree up to 2 count - 1. */
export function gaussLegendre(count: number): Quadrature {
  const points = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    // Newton's method on the Legendre polynomial converges in a few steps from this start.
    for (let step = 0; step < 10; step++) {
      const { value, derivative } = legendre(count, x);
      slope = derivative;
      x -= value / derivative;
    }
    points[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

function legendre(degree: number, x: number): { value: number; derivative: number } {
  let previous = 1;
  let value = x;
  for (let n = 2; n <= degree; n++) [previous, value] = [value, ((2 * n - 1) * x * value - (n - 1) * previous) / n];
  return { value, derivative: (degree * (x * value - previous)) / (x * x - 1) };
}
