import { dateInNovosibirsk } from "../days.ts";

/** When a training is asked for by itself, by the clock of the city: at night, when nobody needs the machine. */
const monthly = { day: 1, hour: 3, minute: 30 } as const;

export const monthlyCron = `${monthly.minute} ${monthly.hour} ${monthly.day} * *`;

/** The next moment of `monthlyCron` after `now`. Novosibirsk has kept UTC+7 since 2016. */
export function nextMonthly(now: Date): Date {
  const [year, month] = dateInNovosibirsk(now).split("-").map(Number) as [number, number];
  const inMonth = (month: number) => new Date(Date.UTC(year, month - 1, monthly.day, monthly.hour - 7, monthly.minute));
  return inMonth(month) > now ? inMonth(month) : inMonth(month + 1);
}
