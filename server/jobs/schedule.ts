import type { PgBoss } from "pg-boss";
import { monthlyCron } from "../training/monthly.ts";
import { type JobName, payloads } from "./payloads.ts";

/** What happens by itself, by the clock of the city. */
export const schedule: { job: JobName; cron: string }[] = [
  // The day's record follows the market until midnight: the last look is the one that stays.
  { job: "take-free-snapshot", cron: "50 23 * * *" },
  { job: "check-audit-log", cron: "20 2 * * *" },
  { job: "forget-runs", cron: "40 2 * * *" },
  { job: "watch-quality", cron: "0 2 * * *" },
  { job: "request-training", cron: monthlyCron },
];

/** Makes the queue's schedule this one; what an older build scheduled and this one does not is taken off. */
export async function applySchedule(boss: PgBoss): Promise<void> {
  const wanted = new Set<string>(schedule.map(({ job }) => job));
  for (const { name } of await boss.getSchedules()) if (!wanted.has(name)) await boss.unschedule(name);
  for (const { job, cron } of schedule) {
    await boss.schedule(job, cron, payloads[job].parse({}), { tz: "Asia/Novosibirsk", missed: "once" });
  }
}
