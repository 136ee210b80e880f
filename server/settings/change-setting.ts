import { z } from "zod";
import { settings } from "#/db/schema/settings.ts";
import { audit } from "../audit.ts";
import { actorName, type Ctx, inTransaction } from "../context.ts";
import { authorize } from "../permissions.ts";
import { known, readSetting, type SettingName } from "./settings.ts";

const oneOf = (Object.keys(known) as SettingName[]).map((name) =>
  z.strictObject({ name: z.literal(name), value: known[name] }),
);
export const changeSettingInput = z.discriminatedUnion("name", oneOf as [(typeof oneOf)[number]]);

/** Sets what holds for everybody; the line in the audit log says what held before. */
export async function changeSetting(ctx: Ctx, { name, value }: z.infer<typeof changeSettingInput>): Promise<void> {
  authorize(ctx, "setting:change");
  await inTransaction(ctx, async (ctx) => {
    const before = await readSetting(ctx, name);
    const row = { value, changedBy: actorName(ctx.actor), changedAt: ctx.now() };
    await ctx.db
      .insert(settings)
      .values({ name, ...row })
      .onConflictDoUpdate({ target: settings.name, set: row });
    await audit(ctx, "setting:change", `setting:${name}`, { before, value });
  });
}
