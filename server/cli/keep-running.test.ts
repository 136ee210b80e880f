import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test, vi } from "vitest";
import { keepRunning, type Patience } from "./keep-running.ts";

const idle = () => spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
const dead = () => spawn(process.execPath, ["-e", "process.exit(3)"], { stdio: "ignore" });
const quick: Patience = { firstMs: 20, mostMs: 80, soundMs: 60_000 };

test("a process that is killed is there again, and another kill changes nothing", async () => {
  const deaths: (NodeJS.Signals | null)[] = [];
  const kept = keepRunning(idle, { onDeath: ({ signal }) => deaths.push(signal) }, quick);
  for (let round = 1; round <= 3; round++) {
    const killed = kept.current()!.pid!;
    process.kill(killed, "SIGKILL");
    await vi.waitFor(() => {
      expect(deaths).toHaveLength(round);
      expect(kept.current()?.pid).toBeDefined();
      expect(kept.current()?.pid).not.toBe(killed);
    });
  }
  expect(deaths).toEqual(["SIGKILL", "SIGKILL", "SIGKILL"]);
  kept.letGo();
  kept.current()!.kill("SIGKILL");
  await kept.ended;
  expect(kept.current()).toBeNull();
});

test("one that cannot live is tried ever more seldom, to a bound", async () => {
  const pauses: number[] = [];
  const kept = keepRunning(dead, { onDeath: ({ againInMs }) => pauses.push(againInMs) }, quick);
  await vi.waitFor(() => expect(pauses.length).toBeGreaterThanOrEqual(5), { timeout: 20_000 });
  expect(pauses.slice(0, 5)).toEqual([20, 40, 80, 80, 80]);
  kept.letGo();
  kept.current()?.kill("SIGKILL");
  await kept.ended;
});

test("one that lived long enough starts again without a growing pause", async () => {
  const pauses: number[] = [];
  const told = { onDeath: ({ againInMs }: { againInMs: number }) => pauses.push(againInMs) };
  const kept = keepRunning(dead, told, { ...quick, soundMs: 0 });
  await vi.waitFor(() => expect(pauses.length).toBeGreaterThanOrEqual(3), { timeout: 20_000 });
  expect(pauses.slice(0, 3)).toEqual([20, 20, 20]);
  kept.letGo();
  kept.current()?.kill("SIGKILL");
  await kept.ended;
});

test("let go in the pause between two lives it starts no other", async () => {
  let starts = 0;
  const counted = () => {
    starts++;
    return dead();
  };
  const deaths = vi.fn();
  const kept = keepRunning(counted, { onDeath: deaths }, { ...quick, firstMs: 60_000 });
  await once(kept.current()!, "exit");
  expect(deaths).toHaveBeenCalledTimes(1);
  kept.letGo();
  await kept.ended;
  expect(starts).toBe(1);
});
