import { randomBytes } from "node:crypto";
import { text } from "node:stream/consumers";
import { createUser, createUserInput } from "../../users/create-user.ts";
import { type Command, readArgs, readInput, withCtx } from "../command.ts";

export const command: Command = {
  usage: "user create --email EMAIL --name NAME --role manager|owner|admin [--manager ID] [--password-stdin]",
  does: {
    ru: "Заводит человека; без --password-stdin придумывает пароль и печатает его один раз.",
    en: "Makes a person; without --password-stdin it makes up a password and prints it once.",
  },
  async run(args, terminal) {
    const { values } = readArgs(args, {
      email: { type: "string" },
      name: { type: "string" },
      role: { type: "string" },
      manager: { type: "string" },
      "password-stdin": { type: "boolean" },
    });
    const given = values["password-stdin"] ? (await text(process.stdin)).replace(/\r?\n$/, "") : null;
    const password = given ?? randomBytes(15).toString("base64url");
    const { email, name, role, manager: managerId } = values;
    const input = { email, name, role, managerId, password };
    readInput(createUserInput, input);
    const { userId } = await withCtx((ctx) => createUser(ctx, input as Parameters<typeof createUser>[1]));
    terminal.note({ ru: `Пользователь ${userId} заведён.`, en: `User ${userId} is there.` });
    if (given === null) terminal.print(password);
    return 0;
  },
};
