import { z } from "zod";
import { audit } from "../audit.ts";
import { type Ctx, inTransaction } from "../context.ts";
import { parseInput } from "../parse-input.ts";
import { authorize } from "../permissions.ts";
import { dismissedAlready, lockUser, userInput } from "./find-user.ts";
import { type InvitationLink, makeLink, validHoursInput } from "./invitation-link.ts";

export const renewInvitationInput = z.strictObject({ ...userInput.shape, validHours: validHoursInput });

/**
 * A new link for somebody who lost the one he had, or has forgotten his password. The password he has goes on until he sets
 * another by the link.
 */
export async function renewInvitation(ctx: Ctx, input: z.input<typeof renewInvitationInput>): Promise<InvitationLink> {
  authorize(ctx, "user:manage");
  const { userId, validHours } = parseInput(renewInvitationInput, input);
  return inTransaction(ctx, async (ctx) => {
    const user = await lockUser(ctx, userId);
    if (user.disabledAt) throw dismissedAlready();
    const link = await makeLink(ctx, userId, validHours);
    await audit(ctx, "user:manage", `user:${userId}`, { link: { expiresAt: link.expiresAt } });
    return link;
  });
}
