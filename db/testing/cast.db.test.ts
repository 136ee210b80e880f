import { expect, test } from "vitest";
import { castLeads, castManagers, insertCast } from "./cast.ts";
import { useTestDatabase } from "./test-database.ts";

const database = useTestDatabase();

test("the cast fits the tables and links up by itself", async () => {
  const { db, sql } = database.connection;
  await insertCast(db);
  const orphans = await sql`
    select d.id from deals d left join leads l on l.id = d.lead_id left join premises p on p.id = d.premises_id
    where l.id is null or p.id is null`;
  expect(orphans).toHaveLength(0);
  const lead = await db.query.leads.findFirst({ where: (t, { eq }) => eq(t.id, castLeads.coffee.id) });
  expect(lead).toMatchObject({ managerId: castManagers.anna.id, budgetRubMonth: 120_000 });
});
