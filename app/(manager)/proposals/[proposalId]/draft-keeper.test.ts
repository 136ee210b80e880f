import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ProposalContent, ProposalView, SavedDraft } from "../proposal-answers.ts";
import { DraftKeeper, type KeeperWorld } from "./draft-keeper.ts";

const blank: ProposalContent = {
  locale: "ru",
  greeting: "",
  contact: { name: "", phone: "", email: "" },
  items: [],
};
const saying = (greeting: string): ProposalContent => ({ ...blank, greeting });
const view = (over: Partial<ProposalView> = {}) =>
  ({ proposalId: "p", revision: 1, content: blank, savedAt: new Date(0), ...over }) as ProposalView;

/** A server that keeps what it is told, and refuses whoever did not see the last state. */
function server() {
  const state = { revision: 1, content: blank, saves: 0, down: false };
  const items = new Map<string, string>();
  const world: KeeperWorld = {
    save: async ({ base, content }) => {
      state.saves++;
      if (state.down) throw "down";
      if (JSON.stringify(content) !== JSON.stringify(state.content)) {
        if (base !== state.revision) throw "conflict";
        state.content = content;
        state.revision++;
      }
      return { revision: state.revision, savedAt: new Date(state.revision) } as SavedDraft;
    },
    read: async () => view({ revision: state.revision, content: state.content }),
    shelf: {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    },
    kindOf: (error) => (error === "down" ? "passing" : error === "conflict" ? "overtaken" : "refused"),
  };
  return { state, items, world };
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe("a draft that is being written", () => {
  test("is saved once the hand rests, and is on the shelf until then", async () => {
    const { state, items, world } = server();
    const keeper = new DraftKeeper(view(), world);
    for (const text of ["З", "Зд", "Здр"]) keeper.edit(saying(text), "greeting");
    expect([keeper.read().status, state.saves, items.size]).toEqual(["saving", 0, 1]);
    await pass(600);
    expect([keeper.read().status, state.saves, items.size]).toEqual(["saved", 1, 0]);
    expect(state.content.greeting).toBe("Здр");
  });

  test("that says again what it said before is saved without a saving", async () => {
    const { state, items, world } = server();
    const keeper = new DraftKeeper(view(), world);
    for (const text of ["З", ""]) keeper.edit(saying(text), "greeting");
    expect(keeper.read().status).toBe("saving");
    await pass(600);
    expect([keeper.read().status, state.saves, items.size]).toEqual(["saved", 0, 0]);
  });

  test("keeps trying while nothing answers, and goes out once", async () => {
    const { state, items, world } = server();
    state.down = true;
    const keeper = new DraftKeeper(view(), world);
    keeper.edit(saying("Здравствуйте"));
    await pass(600);
    expect([keeper.read().status, items.size]).toEqual(["waiting", 1]);
    state.down = false;
    await pass(2_000);
    expect([keeper.read().status, state.revision, items.size]).toEqual(["saved", 2, 0]);
  });

  test("what was typed while a saving was under way follows it", async () => {
    const { state, world } = server();
    const keeper = new DraftKeeper(view(), world);
    keeper.edit(saying("раз"), "greeting");
    const first = keeper.flush();
    keeper.edit(saying("раз два"), "greeting");
    await first;
    await pass(600);
    expect([state.content.greeting, state.revision]).toEqual(["раз два", 3]);
  });

  test("what a closed tab could not save is taken up by the next", async () => {
    const { state, world } = server();
    new DraftKeeper(view(), world).edit(saying("не ушло"));
    const next = new DraftKeeper(view(), world);
    expect(next.read().content.greeting).toBe("");
    next.takeUp();
    expect(next.read().content.greeting).toBe("не ушло");
    await pass(100);
    expect(state.content.greeting).toBe("не ушло");
    next.undo();
    expect(next.read().content.greeting).toBe("");
  });

  test("what the server got although its answer was lost is no difference", async () => {
    const { items, world } = server();
    items.set("ostap.draft.p", JSON.stringify({ base: 1, content: saying("ушло") }));
    const next = new DraftKeeper(view({ revision: 2, content: saying("ушло") }), world);
    next.takeUp();
    expect([next.read().status, items.size]).toEqual(["saved", 0]);
  });
});

describe("undo", () => {
  test("takes back a word and not a letter, and gives it again", async () => {
    const { state, world } = server();
    const keeper = new DraftKeeper(view(), world);
    for (const text of ["а", "аб", "абв"]) keeper.edit(saying(text), "greeting");
    await pass(2_000);
    keeper.edit(saying("абв г"), "greeting");
    keeper.undo();
    expect(keeper.read().content.greeting).toBe("абв");
    keeper.undo();
    expect(keeper.read()).toMatchObject({ content: { greeting: "" }, canUndo: false, canRedo: true });
    keeper.redo();
    keeper.redo();
    expect(keeper.read()).toMatchObject({ content: { greeting: "абв г" }, canRedo: false });
    await pass(600);
    expect(state.content.greeting).toBe("абв г");
  });
});

describe("changed in another window", () => {
  const overtaken = async () => {
    const { state, world } = server();
    const keeper = new DraftKeeper(view(), world);
    state.content = saying("их");
    state.revision = 2;
    keeper.edit(saying("моё"));
    await pass(600);
    expect(keeper.read().status).toBe("overtaken");
    await pass(60_000);
    expect(state.content.greeting).toBe("их");
    return { state, keeper };
  };

  test("one may keep one's own over it", async () => {
    const { state, keeper } = await overtaken();
    await keeper.keepMine();
    expect([state.content.greeting, state.revision, keeper.read().status]).toEqual(["моё", 3, "saved"]);
  });

  test("or take it, and still bring one's own back", async () => {
    const { state, keeper } = await overtaken();
    await keeper.takeTheirs();
    expect([keeper.read().content.greeting, keeper.read().status]).toEqual(["их", "saved"]);
    keeper.undo();
    await pass(600);
    expect(state.content.greeting).toBe("моё");
  });
});
