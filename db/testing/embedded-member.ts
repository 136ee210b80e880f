import { joinEmbeddedPostgres } from "../embedded.ts";

/** A process of its own for the tests of the embedded Postgres: joins, says its url, leaves when its stdin ends. */
const [home] = process.argv.slice(2);
if (!home) throw new Error("usage: embedded-member.ts HOME");
const seat = await joinEmbeddedPostgres(home);
process.stdout.write(`${seat.url}\n`);
process.stdin.resume();
process.stdin.once("end", () => void seat.leave().then(() => process.stdout.write("left\n")));
