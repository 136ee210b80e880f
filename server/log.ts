import pino from "pino";

export type Log = pino.Logger;

/** One JSON line an event on stderr. Whatever may hold a secret is cut out before it is written. */
export function createLog(name: string, level = process.env.LOG_LEVEL ?? "info"): Log {
  return pino(
    {
      name,
      level,
      redact: {
        paths: [
          "password",
          "*.password",
          "authorization",
          "*.authorization",
          "cookie",
          "*.cookie",
          "secret",
          "*.secret",
          "key",
          "*.key",
          "token",
          "*.token",
        ],
        censor: "[redacted]",
      },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
