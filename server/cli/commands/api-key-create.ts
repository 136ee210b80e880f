import { createApiKey, createApiKeyInput } from "../../auth/create-api-key.ts";
import { type Command, readArgs, readInput, withCtx } from "../command.ts";

export const command: Command = {
  usage: "api-key create --name NAME --scopes match,marks",
  does: {
    ru: "Делает ключ для другой системы и печатает его один раз.",
    en: "Makes a key for another system and prints it once.",
  },
  async run(args, terminal) {
    const { values } = readArgs(args, { name: { type: "string" }, scopes: { type: "string" } });
    const scopes = values.scopes?.split(",").map((scope) => scope.trim());
    const input = readInput(createApiKeyInput, { name: values.name, scopes });
    const { keyId, secret } = await withCtx((ctx) => createApiKey(ctx, input));
    terminal.note({
      ru: `Ключ ${keyId}; второй раз его не увидеть.`,
      en: `Key ${keyId}; it cannot be seen a second time.`,
    });
    terminal.print(secret);
    return 0;
  },
};
