import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Ctx } from "../context.ts";
import { AppError } from "../errors.ts";
import type { Role } from "../permissions.ts";
import { createUser } from "../users/create-user.ts";

const loginsSchema = z.array(
  z.strictObject({ role: z.enum(["manager", "owner", "admin"]), email: z.string(), password: z.string() }),
);

export type DemoLogin = z.infer<typeof loginsSchema>[number];

const roles: Role[] = ["manager", "owner", "admin"];

export const loginsFile = (home: string) => path.join(home, "demo-logins.json");

/** Three people, one a role. Their passwords are made up once and kept where only the owner of `home` can read them. */
export async function bringLogins(ctx: Ctx): Promise<DemoLogin[]> {
  const file = loginsFile(ctx.home);
  const fresh = roles.map((role) => ({
    role,
    email: `${role}@example.ru`,
    password: randomBytes(12).toString("base64url"),
  }));
  const logins = existsSync(file) ? loginsSchema.parse(JSON.parse(await readFile(file, "utf8"))) : fresh;
  if (logins === fresh) {
    // Written before the first of them can sign in: a password that nobody knows would be of no use.
    await writeFile(`${file}.new`, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  }
  const manager = await busiestManager(ctx);
  const names: Record<Role, string> = { manager: manager.name, owner: "Владелец продукта", admin: "Администратор" };
  for (const { role, email, password } of logins) {
    const [known] = await ctx.db.execute(sql`select from users where lower(email) = ${email}`);
    if (known && logins === fresh) throw lostPasswords(file);
    if (known) continue;
    await createUser(ctx, {
      email,
      name: names[role],
      role,
      password,
      managerId: role === "manager" ? manager.id : null,
    });
  }
  return logins;
}

/** The manager of the demo: works still, and has most leads of the last weeks. */
async function busiestManager(ctx: Ctx): Promise<{ id: string; name: string }> {
  const [manager] = await ctx.db.execute<{ id: string; name: string }>(sql`
    select m.id, m.name from managers m
    left join leads l on l.manager_id = m.id and l.created_on > (select max(created_on) from leads) - 60
    where m.dismissed_on is null group by m.id, m.name order by count(l.id) desc, m.id limit 1`);
  if (!manager) throw new Error("The demo market has no manager.");
  return manager;
}

function lostPasswords(file: string): AppError {
  return new AppError("conflict", {
    ru: `${file} пропал, а люди в базе остались: пароли не восстановить. Начните заново: npm run demo -- --reset`,
    en: `${file} is gone while its people are in the database: the passwords are lost. Begin anew: npm run demo -- --reset`,
  });
}
