import { nextRun } from "../jobs/next-run.ts";

/** When a training is asked for by itself, by the clock of the city: at night, when nobody needs the machine. */
const monthly = { day: 1, hour: 3, minute: 30 } as const;

export const monthlyCron = `${monthly.minute} ${monthly.hour} ${monthly.day} * *`;

/** The next moment of `monthlyCron` after `now`. */
export function nextMonthly(now: Date): Date {
  return nextRun(monthlyCron, now);
}
