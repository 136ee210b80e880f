import { z } from "zod";

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^\P{Cc}*$/u);
const orNull = (text: string | null) => text || null;

/** Who writes to the client: the header of a proposal. null: not stated, and not shown. */
export const firm = z.strictObject({
  name: line(120).min(1),
  phone: line(60).nullable().transform(orNull),
  email: z
    .union([z.literal(""), z.email().max(200)])
    .nullable()
    .transform(orNull),
  /** Several lines, as they are to be printed at the foot. */
  requisites: z
    .string()
    .trim()
    .max(1000)
    .regex(/^[\P{Cc}\n]*$/u)
    .nullable()
    .transform(orNull),
  /** `#rrggbb`, dark enough to be read on white. */
  accent: z
    .string()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/)
    .refine((colour) => contrastOnWhite(colour) >= 4.5, "must contrast with white by 4.5 : 1 at least"),
});

export type Firm = z.output<typeof firm>;

/** What stands until an administrator has said who we are: true of every landlord, and plainly not a name. */
export const unnamedFirm: Firm = {
  name: "Отдел аренды",
  phone: null,
  email: null,
  requisites: null,
  accent: "#3156bb",
};

/** WCAG 2.2, 1.4.3: the ratio of relative luminances, white being 1. */
function contrastOnWhite(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * r! + 0.7152 * g! + 0.0722 * b! + 0.05);
}
