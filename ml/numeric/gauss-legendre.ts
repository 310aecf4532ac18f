/** A point of a quadrature on [0, 1]. */
export interface QuadraturePoint {
  readonly at: number;
  readonly weight: number;
}

const mostPoints = 16;

/** Gauss's rule of n points, by n: integrates polynomials of degree 2n - 1 over [0, 1] exactly. */
export const gaussLegendre: readonly (readonly QuadraturePoint[])[] = Array.from(
  { length: mostPoints + 1 },
  (_, n) => rule(n),
);

/** Roots of the Legendre polynomial by Newton's method, from their asymptotic places. */
function rule(n: number): QuadraturePoint[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 1;
    for (let step = 0; step < 8; step++) {
      let value = 1;
      let before = 0;
      for (let k = 0; k < n; k++) {
        [before, value] = [value, ((2 * k + 1) * x * value - k * before) / (k + 1)];
      }
      slope = (n * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    return { at: (1 + x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
}
