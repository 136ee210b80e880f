import postgres from "postgres";
import { joinEmbeddedPostgres } from "../embedded.ts";

/** An installation's database, looked at from outside; `leave` when done, so that the server may end. */
export interface Look {
  sql: postgres.Sql;
  leave(): Promise<void>;
}

/** Looks into the embedded database of a running installation: what a browser test checks beside the screen. */
export async function lookInto(home: string): Promise<Look> {
  const embedded = await joinEmbeddedPostgres(home);
  const sql = postgres(embedded.url, { max: 1 });
  return {
    sql,
    async leave() {
      await sql.end({ timeout: 5 });
      await embedded.leave();
    },
  };
}
