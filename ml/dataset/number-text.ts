/** Nine significant digits tell every float32 apart. */
const DIGITS = 9;
/** XGBoost's own text reader looks at 19 digits after the point. */
const SMALLEST_WITHOUT_EXPONENT = 1e-10;

/**
 * A float32 as decimal text that every reader turns back into the same float32; "" where missing. XGBoost's reader rounds
 * exponents in single precision, so that there are none from 1e-10 on: what is smaller may lose its last bit there.
 */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return "";
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return String(value === 0 ? 0 : value);
  const size = Math.abs(value);
  const text =
    size < 1 && size >= SMALLEST_WITHOUT_EXPONENT
      ? value.toFixed(DIGITS - 1 - Math.floor(Math.log10(size)))
      : value.toPrecision(DIGITS);
  return text.includes("e") || !text.includes(".") ? text : text.replace(/\.?0+$/, "");
}
