import { Writable } from "node:stream";
import pino from "pino";
import { expect, test } from "vitest";
import { logOptions } from "./log.ts";

function logged(write: (log: pino.Logger) => void): string {
  let text = "";
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  write(pino(logOptions("test", "info"), sink));
  return text;
}

test("a failed statement is logged without the values it was sent with", () => {
  const cause = Object.assign(new Error("duplicate key value"), {
    detail: "Key (email)=(anna@example.test) already exists.",
    parameters: ["anna@example.test", "$argon2id$secret"],
    code: "23505",
  });
  const error = Object.assign(
    new Error(
      "Failed query: insert into users values ($1, $2)\nparams: anna@example.test,$argon2id$secret\nof two lines",
      {
        cause,
      },
    ),
    { query: "insert into users values ($1, $2)", params: ["anna@example.test", "$argon2id$secret"] },
  );
  const text = logged((log) => log.error({ err: error }, "a procedure broke"));
  expect(text).toContain("insert into users values ($1, $2)");
  expect(text).toContain("duplicate key value");
  expect(text).toContain("log.test.ts");
  for (const value of ["anna@example.test", "argon2id", "of two lines"]) expect(text).not.toContain(value);
});

test("what is named like a secret is cut, and a line's end in a name makes no second line", () => {
  const text = logged((log) =>
    log.info({ password: "horse", input: { token: "battery", name: 'Анна\n{"level":60}\u001b[31m' } }, "said"),
  );
  expect(text).not.toMatch(/horse|battery/);
  expect(text.trimEnd().split("\n")).toHaveLength(1);
  expect(text).not.toContain("\u001b");
});
