import { createApiKey, createApiKeyInput } from "../../auth/create-api-key.ts";
import { keyInput } from "../../auth/find-api-key.ts";
import { listApiKeys } from "../../auth/list-api-keys.ts";
import { revokeApiKey } from "../../auth/revoke-api-key.ts";
import { rotateApiKey, rotateApiKeyInput } from "../../auth/rotate-api-key.ts";
import { adminProcedure, router } from "../init.ts";

export const keysRouter = router({
  list: adminProcedure.query(({ ctx }) => listApiKeys(ctx)),
  create: adminProcedure.input(createApiKeyInput).mutation(({ ctx, input }) => createApiKey(ctx, input)),
  rotate: adminProcedure.input(rotateApiKeyInput).mutation(({ ctx, input }) => rotateApiKey(ctx, input)),
  revoke: adminProcedure.input(keyInput).mutation(({ ctx, input }) => revokeApiKey(ctx, input)),
});
