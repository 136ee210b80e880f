const stepsMost = 4;

/**
 * What stands at an axis from 0 that holds `value` (0 or more): at most four steps of 1, 2, 2.5 or 5 of one decimal place, the last at
 * `value` or beyond. No step is finer than `unit`, nor a fraction of it: 1 where things are counted. Recharts' own ticks either divide
 * an axis into what nobody reads (0, 6.5, 13) or leave it half empty.
 */
export function evenTicks(value: number, unit = 0): number[] {
  const least = Math.max(value / stepsMost, unit, Number.EPSILON) * (1 - 1e-9);
  const place = 10 ** Math.floor(Math.log10(least));
  const fits = (step: number) => step >= least && (unit === 0 || isWhole(step / unit));
  const step = [1, 2, 2.5, 5, 10].map((digit) => digit * place).find(fits)!;
  const steps = Math.max(1, Math.ceil((value / step) * (1 - 1e-9)));
  return Array.from({ length: steps + 1 }, (_, i) => i * step);
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-9;
}
