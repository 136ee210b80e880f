const stepsMost = 4;

/**
 * What stands at an axis from 0 that holds `value` (0 or more): at most four steps of 1, 2, 2.5 or 5 of one decimal place, the last at
 * `value` or beyond. Recharts' own either divide an axis into what nobody reads (0, 6.5, 13) or leave it half empty.
 */
export function evenTicks(value: number, { isCount = false } = {}): number[] {
  const least = Math.max(value / stepsMost, isCount ? 1 : Number.EPSILON) * (1 - 1e-9);
  const place = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 2.5, 5, 10]
    .map((digit) => digit * place)
    .find((one) => one >= least && (!isCount || one % 1 === 0))!;
  const steps = Math.max(1, Math.ceil((value / step) * (1 - 1e-9)));
  return Array.from({ length: steps + 1 }, (_, i) => i * step);
}
