import type { Ctx } from "../context.ts";
import { authorize } from "../permissions.ts";
import type { Firm } from "./firm.ts";
import { readSetting } from "./settings.ts";

/** Who writes to clients, for whoever may change it. */
export async function showFirm(ctx: Ctx): Promise<Firm> {
  authorize(ctx, "setting:change");
  return readSetting(ctx, "firm");
}
