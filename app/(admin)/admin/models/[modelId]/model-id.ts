/** A model's id as an address writes it; null: no model can have it. */
export function readModelId(text: string): number | null {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
}
