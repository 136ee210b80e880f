import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

const PATIENCE_MS = 2000;

/** Whether requests can be served: the database answers soon, and its tables are there. Open to anybody: it says yes or no. */
export async function isReady(ctx: Ctx): Promise<boolean> {
  const asked = ctx.db.execute(sql`select 1 from users limit 1`).then(
    () => true,
    (error) => {
      ctx.log.warn({ err: error }, "the database does not answer");
      return false;
    },
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
