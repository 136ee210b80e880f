/** A run's id as an address writes it; null: no run can have it. */
export function readRunId(text: string): number | null {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
