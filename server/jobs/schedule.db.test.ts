import { PgBoss } from "pg-boss";
import { expect, test } from "vitest";
import { useTestDatabase } from "#/db/testing/test-database.ts";
import { createQueues } from "./queue.ts";
import { applySchedule } from "./schedule.ts";

const database = useTestDatabase();

test("the schedule is this build's, however often it is applied", async () => {
  const boss = new PgBoss({ connectionString: database.url, max: 2, supervise: false, schedule: false });
  const failures: Error[] = [];
  boss.on("error", (error) => failures.push(error));
  await boss.start();
  await createQueues(boss);
  await boss.createQueue("of-an-older-build");
  await boss.schedule("of-an-older-build", "0 0 * * *");
  await applySchedule(boss);
  await applySchedule(boss);
  const found = await boss.getSchedules();
  expect(found.map(({ name, cron, timezone }) => [name, cron, timezone]).sort()).toEqual([
    ["check-audit-log", "20 2 * * *", "Asia/Novosibirsk"],
    ["forget-runs", "40 2 * * *", "Asia/Novosibirsk"],
    ["request-training", "30 3 1 * *", "Asia/Novosibirsk"],
    ["take-free-snapshot", "50 23 * * *", "Asia/Novosibirsk"],
    ["watch-quality", "0 2 * * *", "Asia/Novosibirsk"],
  ]);
  await boss.stop({ graceful: false });
  expect(failures).toEqual([]);
});
