import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { admin } from "./screens/admin.ts";
import { firstRun } from "./screens/first-run.ts";
import { type Pictured, pictures, picturesOf, picturing } from "./screens/picture.ts";
import { workspace } from "./screens/workspace.ts";
import { expect, test } from "./test.ts";

const docs = path.resolve(import.meta.dirname, "../docs/screens.md");
const anew = "SCREENSHOTS=1 npm run test:e2e -- --no-deps screens first-run";

test("docs/screens.md shows every screen, and the pictures that there are are its", async () => {
  const known = [...firstRun, ...workspace, ...admin].flatMap(picturesOf).sort();
  const taken = async () => (await readdir(pictures)).sort();
  if (picturing) {
    // Those that are missing are being taken meanwhile.
    for (const picture of await taken()) if (!known.includes(picture)) await rm(path.join(pictures, picture));
    await writeFile(docs, pageOfScreens());
  } else {
    expect(await taken(), anew).toEqual(known);
    expect(await readFile(docs, "utf8"), anew).toBe(pageOfScreens());
  }
});

function pageOfScreens(): string {
  const shown = (screen: Pictured) => {
    const [wide, ...more] = picturesOf(screen);
    const links = more.map((picture) => {
      const [, width, scheme] = picture.match(/-(\d+)-(\w+)\.png$/)!;
      return `[${width === "360" ? "on a phone, " : ""}${scheme}](screenshots/${picture})`;
    });
    const about = `${screen.about}.${links.length > 0 ? ` Also ${links.join(" · ")}.` : ""}`;
    return `### ${screen.name}\n\n${about}\n\n![${screen.about}](screenshots/${wide})\n`;
  };
  return [
    "# The screens\n",
    `Made by the browser tests that walk them: \`${anew}\`. Data and people are made up.\n`,
    "## Managers and their clients\n",
    ...workspace.map(shown),
    "## The owner and administrators\n",
    ...admin.map(shown),
    "## The first run\n",
    ...firstRun.map(shown),
  ].join("\n");
}
