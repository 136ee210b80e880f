import { dateInNovosibirsk } from "../days.ts";
import { invariant } from "../errors.ts";

/** The next moment after `now` of a line `minute hour day-or-* * *`, by the clock of the city, which has kept UTC+7 since 2016. */
export function nextRun(cron: string, now: Date): Date {
  const parts = /^(\d{1,2}) (\d{1,2}) (\d{1,2}|\*) \* \*$/.exec(cron);
  invariant(parts, `only daily and monthly lines are known here: ${cron}`);
  const [minute, hour] = [Number(parts[1]), Number(parts[2])];
  const [year, month, today] = dateInNovosibirsk(now).split("-").map(Number) as [number, number, number];
  const at = (month: number, day: number) => new Date(Date.UTC(year, month - 1, day, hour - 7, minute));
  const [soon, later] =
    parts[3] === "*"
      ? [at(month, today), at(month, today + 1)]
      : [at(month, Number(parts[3])), at(month + 1, Number(parts[3]))];
  return soon > now ? soon : later;
}
