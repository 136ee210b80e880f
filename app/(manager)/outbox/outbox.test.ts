import { describe, expect, it } from "vitest";
import { type Delivery, deliverOutbox } from "./deliver-outbox.ts";
import { memoryShelf, newIdempotencyKey, Outbox, type PendingMarks } from "./outbox.ts";

class Lost extends Error {}

/** A server that counts a mark once, however often it is sent. */
class Server implements Delivery {
  readonly deeds = new Map<string, { markId: string | null; premisesId: string }[]>();
  readonly withdrawn: string[] = [];
  readonly told: string[] = [];
  /** Taken from the front, one a call; nothing left: all is well. */
  faults: ("lost before" | "lost after" | "refused" | (() => void))[] = [];

  private made = 0;

  sendMarks = async (pending: PendingMarks) => {
    const fault = this.faults.shift();
    if (fault === "lost before") throw new Lost();
    if (fault === "refused") throw new Error("no");
    const deed =
      this.deeds.get(pending.idempotencyKey) ??
      pending.marks.map(({ premisesId }) => ({
        premisesId,
        markId: premisesId === "gone" ? null : `m${++this.made}`,
      }));
    this.deeds.set(pending.idempotencyKey, deed);
    if (fault === "lost after") throw new Lost();
    if (typeof fault === "function") fault();
    return deed;
  };
  sendWithdrawal: Delivery["sendWithdrawal"] = async ({ marks }) =>
    void this.withdrawn.push(...marks.map(({ markId }) => markId));
  onAcknowledged: Delivery["onAcknowledged"] = ({ marks }) =>
    void this.told.push(...marks.map(({ premisesId, mark }) => `${premisesId} ${mark?.markId ?? "withdrawn"}`));
  onRefused: Delivery["onRefused"] = ({ marks }) =>
    void this.told.push(...marks.map(({ premisesId }) => `${premisesId} refused`));
  onLeftOut: Delivery["onLeftOut"] = (count) => void this.told.push(`${count} left out`);
  isPassing = (error: unknown) => error instanceof Lost;
}

const mark = (...premisesIds: string[]): PendingMarks => ({
  kind: "marks",
  idempotencyKey: newIdempotencyKey(),
  leadId: "20001",
  runId: "r",
  reason: null,
  marks: premisesIds.map((premisesId) => ({ premisesId, mark: "wrongly_removed" })),
  takenBack: [],
});

describe("delivery", () => {
  it("sends in order and forgets what was acknowledged", async () => {
    const outbox = new Outbox(memoryShelf(), 1);
    const server = new Server();
    outbox.add(mark("5001"));
    outbox.add(mark("5002"));
    expect(await deliverOutbox(outbox, server)).toBeNull();
    expect(server.told).toEqual(["5001 m1", "5002 m2"]);
    expect(outbox.list()).toEqual([]);
  });

  it("a lost answer is sent again under the same key and counted once", async () => {
    const outbox = new Outbox(memoryShelf(), 1);
    const server = new Server();
    server.faults = ["lost before", "lost after"];
    outbox.add(mark("5001"));
    expect(await deliverOutbox(outbox, server)).toEqual({ stoppedBy: expect.any(Lost) });
    expect(await deliverOutbox(outbox, server)).toEqual({ stoppedBy: expect.any(Lost) });
    expect(outbox.list()).toHaveLength(1);
    expect(await deliverOutbox(outbox, server)).toBeNull();
    expect(server.deeds.size).toBe(1);
    expect(server.told).toEqual(["5001 m1"]);
  });

  it("a refusal is told and does not stop the rest", async () => {
    const outbox = new Outbox(memoryShelf(), 1);
    const server = new Server();
    server.faults = ["refused"];
    outbox.add(mark("5001"));
    outbox.add(mark("5002"));
    expect(await deliverOutbox(outbox, server)).toBeNull();
    expect(server.told).toEqual(["5001 refused", "5002 m1"]);
  });

  it("a mark taken back before its answer came is withdrawn once its id is known", async () => {
    const outbox = new Outbox(memoryShelf(), 1);
    const server = new Server();
    const pending = mark("5001");
    outbox.add(pending);
    server.faults = [() => outbox.replace(pending.idempotencyKey, { ...pending, takenBack: ["5001"] })];
    expect(await deliverOutbox(outbox, server)).toBeNull();
    expect(server.withdrawn).toEqual(["m1"]);
    expect(server.told).toEqual(["5001 withdrawn"]);
  });

  it("of a deed of several the ones taken back are withdrawn, the rest stands, and what is not taken is told", async () => {
    const outbox = new Outbox(memoryShelf(), 1);
    const server = new Server();
    outbox.add({ ...mark("5001", "gone", "5002"), takenBack: ["5002"] });
    expect(await deliverOutbox(outbox, server)).toBeNull();
    expect(server.withdrawn).toEqual(["m2"]);
    expect(server.told).toEqual(["5001 m1", "1 left out", "5002 withdrawn"]);
  });
});

describe("the shelf", () => {
  it("outlives the tab, one person's apart from another's", () => {
    const shelf = memoryShelf();
    new Outbox(shelf, 1).add(mark("5001"));
    expect(new Outbox(shelf, 1).list()).toHaveLength(1);
    expect(new Outbox(shelf, 2).list()).toHaveLength(0);
  });

  it("leaves out what it does not understand", () => {
    const shelf = memoryShelf();
    const outbox = new Outbox(shelf, 1);
    const half = { ...mark("5001"), marks: [{ premisesId: 5001 }] };
    const texts = [
      "",
      "{",
      "null",
      "{}",
      "[1,null,{}]",
      '[{"kind":"marks"}]',
      '[{"kind":"else"}]',
      JSON.stringify([half]),
    ];
    for (const text of texts) {
      shelf.setItem("ostap.outbox.1", text);
      expect(outbox.list()).toEqual([]);
    }
  });

  it("hands out the same list until something changes", () => {
    const outbox = new Outbox(memoryShelf(), 1);
    outbox.add(mark("5001"));
    expect(outbox.list()).toBe(outbox.list());
  });
});

it("keys are version 4 UUIDs, no two alike", () => {
  const keys = Array.from({ length: 1000 }, newIdempotencyKey);
  expect(new Set(keys).size).toBe(keys.length);
  for (const key of keys) expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
