/**
 * Gauss-Legendre nodes and weights on 0..1: exact for polynomials of a degree up to 2·points − 1.
 * Nodes by Newton's method on the Legendre polynomial (Press et al., Numerical Recipes, section 4.6).
 */
export function gaussLegendre(points: number): { nodes: Float64Array; weights: Float64Array } {
  const nodes = new Float64Array(points);
  const weights = new Float64Array(points);
  for (let i = 0; i < points; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5));
    let slope = 0;
    for (let step = 0; step < 20; step++) {
      const legendre = legendreAt(points, x);
      slope = legendre.slope;
      x -= legendre.value / slope;
    }
    nodes[i] = (1 - x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}

function legendreAt(degree: number, x: number): { value: number; slope: number } {
  let value = 1;
  let before = 0;
  for (let j = 1; j <= degree; j++) {
    [value, before] = [((2 * j - 1) * x * value - (j - 1) * before) / j, value];
  }
  return { value, slope: (degree * (x * value - before)) / (x * x - 1) };
}
