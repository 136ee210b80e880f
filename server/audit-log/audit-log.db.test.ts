import { sql } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { type Connection, connect } from "#/db/client.ts";
import { auditLog } from "#/db/schema/audit.ts";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { audit } from "../audit.ts";
import { type Actor, type Ctx, inTransaction } from "../context.ts";
import { testCtx } from "../testing/test-ctx.ts";
import { checkChain, lastCheck } from "./check-chain.ts";

const database = useTestDatabase();
const admin: Actor = { kind: "user", userId: 1, name: "Админ", role: "admin", managerId: null };
const owner: Actor = { ...admin, userId: 2, role: "owner" };
const manager: Actor = { ...admin, userId: 3, role: "manager" };
const as = (actor: Actor, connection: Connection = database.connection): Ctx => testCtx(connection, actor);

/** What a superuser could do who turns the guards off for himself. */
const beside = (statement: string) =>
  database.connection.sql.begin(async (tx) => {
    await tx.unsafe("set local session_replication_role = replica");
    await tx.unsafe(statement);
  });

const linked = async () =>
  (await database.connection.sql<{ place: number; auditId: number; hash: string }[]>`
    select place::float8 as place, audit_id::float8 as "auditId", hash from audit_links order by place`) as {
    place: number;
    auditId: number;
    hash: string;
  }[];

describe("the audit log", () => {
  test("a manager may neither check nor read", async () => {
    await expect(checkChain(as(manager))).rejects.toMatchObject({ code: "forbidden" });
  });

  test("an empty log is whole", async () => {
    expect(await lastCheck(as(owner))).toBeNull();
    expect(await checkChain(as(owner))).toMatchObject({ rows: 0, intact: true, head: null });
  });

  test("each row is linked at its commit, in one order; what was rolled back leaves no gap", async () => {
    await audit(as(admin), "setting:change", "setting:a", { value: 1 });
    await expect(
      inTransaction(as(admin), async (ctx) => {
        await audit(ctx, "setting:change", "setting:lost");
        throw new Error("not after all");
      }),
    ).rejects.toThrow("not after all");
    await inTransaction(as(admin), async (ctx) => {
      await audit(ctx, "setting:change", "setting:b", { text: '«ё»\n"' });
      await audit(ctx, "setting:change", "setting:c", { n: 1.5 });
    });
    expect((await linked()).map(({ place }) => place)).toEqual([1, 2, 3]);
    expect(await checkChain(as(owner))).toMatchObject({ rows: 3, intact: true, breach: null });
  });

  test.each(["update audit_log set detail = '{}'", "delete from audit_log", "truncate audit_log cascade"])(
    "refuses: %s",
    async (statement) => {
      await expect(database.connection.sql.unsafe(statement)).rejects.toThrow("never changed or deleted");
    },
  );

  test("twenty writers at once make one chain, and no two wait for each other", async () => {
    const connection = connect(database.url, { max: 20 });
    try {
      await Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          inTransaction(as(admin, connection), async (ctx) => {
            // Two orders: were the chain locked at the row already, each half would wait for the other.
            if (i % 2 === 0) await audit(ctx, "setting:change", `setting:${i}`);
            await ctx.db.execute(sql`select pg_advisory_xact_lock(1)`);
            await audit(ctx, "setting:change", `setting:${i}`);
          }),
        ),
      );
    } finally {
      await connection.close();
    }
    const places = (await linked()).map(({ place }) => place);
    expect(places).toEqual(Array.from({ length: 303 }, (_, i) => i + 1));
    expect(await checkChain(as(owner))).toMatchObject({ rows: 303, intact: true });
  });

  describe("tampered with by whoever turns the guards off", () => {
    test.each([
      ["the text of a row", "actor = 'user:9'"],
      ["its moment", "at = at - interval '1 microsecond'"],
      ["its detail", "detail = detail || '{\"x\":1}'"],
    ])("%s: found at that very row", async (_, change) => {
      const { place, auditId } = (await linked())[100]!;
      await beside(`create table kept as select * from audit_log where id = ${auditId}`);
      await beside(`update audit_log set ${change} where id = ${auditId}`);
      expect((await checkChain(as(owner))).breach).toEqual({ kind: "changed", place, auditId });
      expect(await lastCheck(as(owner))).toMatchObject({ intact: false, breach: { auditId } });
      await beside(
        `update audit_log set (at, actor, detail) = (select at, actor, detail from kept) where id = ${auditId}`,
      );
      await beside("drop table kept");
      expect((await checkChain(as(owner))).intact).toBe(true);
    });

    test("a row with its hash made to fit: found at the next one", async () => {
      const [line, next] = (await linked()).slice(200, 202);
      await beside(`create table kept as select l.*, k.hash from audit_log l join audit_links k on k.audit_id = l.id
        where l.id = ${line!.auditId}`);
      await beside(`update audit_log set actor = 'user:9' where id = ${line!.auditId}`);
      await beside(`update audit_links k set hash = audit_hash((select hash from audit_links where place = k.place - 1), l)
        from audit_log l where l.id = k.audit_id and k.place = ${line!.place}`);
      expect((await checkChain(as(owner))).breach).toMatchObject({ kind: "changed", place: next!.place });
      await beside(`update audit_log set actor = kept.actor from kept where audit_log.id = kept.id`);
      await beside(`update audit_links set hash = kept.hash from kept where audit_id = kept.id`);
      await beside("drop table kept");
    });

    test("a row that came in beside the trigger is a stray", async () => {
      await beside("insert into audit_log (actor, action, subject) values ('user:9', 'user:manage', 'user:1')");
      expect((await checkChain(as(owner))).breach).toMatchObject({ kind: "unlinked", place: null });
      await beside("delete from audit_log where actor = 'user:9'");
    });

    test("an end that was cut off is missed, since an earlier walk saw it", async () => {
      expect((await checkChain(as(owner))).intact).toBe(true);
      const last = (await linked()).at(-1)!;
      await beside(`create table kept as select * from audit_log where id = ${last.auditId}`);
      await beside(`delete from audit_links where place = ${last.place}`);
      await beside(`delete from audit_log where id = ${last.auditId}`);
      expect((await checkChain(as(owner))).breach).toEqual({ kind: "rewritten", place: last.place, auditId: null });
      await beside("insert into audit_log select * from kept");
      await beside(`insert into audit_links values (${last.place}, ${last.auditId}, '${last.hash}')`);
    });

    test("a row that was taken out with its link leaves a gap", async () => {
      const [, gone, next] = (await linked()).slice(50, 53);
      await beside(`delete from audit_links where place = ${gone!.place}`);
      await beside(`delete from audit_log where id = ${gone!.auditId}`);
      expect((await checkChain(as(owner))).breach).toEqual({
        ...{ kind: "missing", place: next!.place, auditId: next!.auditId },
      });
      expect(await database.connection.db.$count(auditLog)).toBe(302);
    });
  });
});
