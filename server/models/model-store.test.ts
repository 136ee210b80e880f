import { chmod, mkdtemp, readdir, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ArtifactDamaged, artifactPath, readArtifactBytes, saveArtifact } from "./model-store.ts";

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), "ostap-store-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const bytes = new Uint8Array(5000).map((_, i) => i % 251);

describe("the model store", () => {
  test("gives back what it was given, and only that file lies there", async () => {
    const saved = await saveArtifact(home, bytes);
    expect(saved.bytes).toBe(5000);
    expect(new Uint8Array(await readArtifactBytes(home, saved.sha256))).toEqual(bytes);
    expect(await readdir(path.join(home, "models"))).toEqual([saved.sha256]);
  });

  test("takes the same bytes again, also twenty times at once", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => saveArtifact(home, bytes)));
    expect(new Set(all.map((one) => one.sha256)).size).toBe(1);
    expect(await readdir(path.join(home, "models"))).toHaveLength(1);
  });

  test("heals a damaged file when the same bytes are saved again", async () => {
    const { sha256 } = await saveArtifact(home, bytes);
    await writeFile(artifactPath(home, sha256), "rubbish");
    await saveArtifact(home, bytes);
    expect((await readArtifactBytes(home, sha256)).byteLength).toBe(5000);
  });

  test.each([
    ["missing", (place: string) => rm(place)],
    ["truncated", (place: string) => truncate(place, 4999)],
    ["emptied", (place: string) => truncate(place, 0)],
    [
      "changed by one bit",
      (place: string) => writeFile(place, new Uint8Array(bytes.map((byte, i) => (i === 2500 ? byte ^ 1 : byte)))),
    ],
  ])("refuses a file that is %s", async (_, damage) => {
    const { sha256 } = await saveArtifact(home, bytes);
    await chmod(artifactPath(home, sha256), 0o600);
    await damage(artifactPath(home, sha256));
    await expect(readArtifactBytes(home, sha256)).rejects.toThrow(ArtifactDamaged);
  });

  test.each(["../../etc/passwd", "", "ABC", `${"a".repeat(63)}/`])("never leaves its folder for %j", (name) => {
    expect(() => artifactPath(home, name)).toThrow("is a SHA-256");
  });
});
