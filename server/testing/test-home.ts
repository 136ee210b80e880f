import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { invariant } from "../errors.ts";

/** A home folder of its own for a test file, removed afterwards. Call it once at the top of the file. */
export function useTestHome(): { readonly path: string } {
  let home: string | undefined;
  beforeAll(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), "ostap-home-"));
  });
  afterAll(async () => {
    if (home) await rm(home, { recursive: true, force: true });
  });
  return {
    get path() {
      invariant(home, "the test's home is there only while tests run");
      return home;
    },
  };
}
