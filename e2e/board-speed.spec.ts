import { expect, test } from "./test.ts";

/** What the board may load before it can be used; charts, the plan and dialogs come later. */
const FIRST_SCRIPT_BYTES_MAX = 300_000;
const CANDIDATES = 10_000;

test("the scripts of the first picture are within their bound, and charts are not among them", async ({
  page,
  login,
  lead,
}) => {
  await login("manager");
  const loaded: { name: string; bytes: number }[] = [];
  const counting: Promise<unknown>[] = [];
  page.on("requestfinished", (request) => {
    const name = new URL(request.url()).pathname;
    if (!name.endsWith(".js")) return;
    counting.push(request.sizes().then(({ responseBodySize }) => loaded.push({ name, bytes: responseBodySize })));
  });
  await page.addInitScript(pressUntilAnswered);
  const answer = await page.goto(`/leads/${lead.id}`);
  await expect(page.locator("article[data-current]")).toHaveCount(1);
  const usableMs = await page.evaluate(() => (window as unknown as { usableMs: number }).usableMs);
  await page.waitForLoadState("networkidle");
  await Promise.all(counting);
  // What the page itself names; what it fetches ahead for the next one comes after.
  const html = (await answer?.text()) ?? "";
  const first = loaded.filter(({ name }) => html.includes(`src="${name}"`));
  expect(first.length).toBeGreaterThan(5);
  const bytes = first.reduce((sum, script) => sum + script.bytes, 0);
  process.stdout.write(
    `board: ${Math.round(bytes / 1000)} kB of scripts compressed, usable after ${Math.round(usableMs)} ms\n`,
  );
  expect(bytes).toBeLessThanOrEqual(FIRST_SCRIPT_BYTES_MAX);

  const before = loaded.length;
  await page.keyboard.press("Enter");
  await expect(page.locator(".recharts-line").first()).toBeVisible();
  expect(loaded.length).toBeGreaterThan(before);
});

test("ten thousand candidates are as few rows as a hundred, and a key is painted at once", async ({
  page,
  login,
  lead,
}) => {
  await login("manager");
  // The board of a past day as the server gives it, with every premises many times over: what is measured is the browser.
  await page.route("**/api/trpc/matching.board*", async (route) => {
    const answer = await route.fetch();
    const text = (await answer.text()).split("\n").map((line) => {
      if (line === "") return line;
      const parsed = JSON.parse(line);
      const board = findBoard(parsed);
      if (!board) return line;
      const items = board.items;
      board.items = Array.from({ length: CANDIDATES }, (_, i) => {
        const item = items[i % items.length]!;
        const rank = item.rank === null ? null : i + 1;
        return { ...item, premisesId: `${item.premisesId}-${i}`, rank };
      });
      return JSON.stringify(parsed);
    });
    await route.fulfill({ response: answer, body: text.join("\n") });
  });
  await page.goto(`/leads/${lead.id}`);
  await expect(page.locator("article").first()).toBeVisible();
  const day = new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("На дату").fill(day);
  await expect(page.getByText(/Свободно 10.?000/)).toBeVisible();
  expect(await page.locator("article").count()).toBeLessThan(100);

  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("KeyJ");
  const times: number[] = [];
  for (let press = 0; press < 30; press++) {
    times.push(
      await page.evaluate(
        (code) =>
          new Promise<number>((resolve) => {
            const began = performance.now();
            const target = document.activeElement ?? document.body;
            target.dispatchEvent(new KeyboardEvent("keydown", { code, key: "j", bubbles: true, cancelable: true }));
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
          }),
        press % 10 === 9 ? "KeyP" : "KeyJ",
      ),
    );
  }
  process.stdout.write(`${CANDIDATES} candidates, key to paint: ${spread(times)}\n`);

  const { frames, rowsMax, scrolled } = await page.evaluate(scrollByFrames);
  process.stdout.write(`scrolled by ${Math.round(scrolled / frames.length)} px a frame: ${spread(frames)}\n`);
  expect(scrolled).toBeGreaterThan(10_000);
  expect(rowsMax).toBeLessThan(100);
  await page.getByLabel("Порядок").selectOption("rent");
  await expect(page.getByText("сначала дешевле").nth(1)).toBeVisible();
  await expect(page.locator("article").first()).toBeVisible();
  expect(await page.locator("article").count()).toBeLessThan(100);
});

function spread(times: number[]): string {
  const rising = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(rising[Math.floor(share * (rising.length - 1))]!);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}

/** Runs in the page: scrolls the first column as a hurried wheel does, and tells how long each picture took and how many rows there were. */
async function scrollByFrames(): Promise<{ frames: number[]; rowsMax: number; scrolled: number }> {
  let column: Element | null = document.querySelector("article");
  while (column && column.scrollHeight <= column.clientHeight + 1000) column = column.parentElement;
  if (!column) throw new Error("No column scrolls.");
  const painted = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const from = column.scrollTop;
  const frames: number[] = [];
  let rowsMax = 0;
  let before = await painted();
  for (let frame = 0; frame < 90; frame++) {
    column.scrollTop += 240;
    const now = await painted();
    frames.push(now - before);
    before = now;
    rowsMax = Math.max(rowsMax, document.querySelectorAll("article").length);
  }
  return { frames, rowsMax, scrolled: column.scrollTop - from };
}

/** Runs in the page: presses J from the navigation on, until it is answered by a row; from outside, waits would be measured. */
function pressUntilAnswered(): void {
  const press = () => {
    if (document.querySelector("article[data-current]")) {
      Object.assign(window, { usableMs: performance.now() });
      return;
    }
    document.body?.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyJ", key: "j", bubbles: true }));
    setTimeout(press, 10);
  };
  press();
}

interface Board {
  items: { premisesId: string; rank: number | null }[];
}

/** The board within a line of tRPC's stream, whose wrapping is not ours. */
function findBoard(value: unknown): Board | null {
  if (typeof value !== "object" || value === null) return null;
  if ("runId" in value && "items" in value) return value as Board;
  for (const inner of Object.values(value)) {
    const found = findBoard(inner);
    if (found) return found;
  }
  return null;
}
