import pino from "pino";

export type Log = pino.Logger;

/** One JSON line an event on stderr. Whatever may hold a secret is cut out before it is written. */
export function createLog(name: string, level = process.env.LOG_LEVEL ?? "info"): Log {
  return pino(logOptions(name, level), pino.destination({ dest: 2, sync: true }));
}

/** Apart from where the lines go. */
export function logOptions(name: string, level: string): pino.LoggerOptions {
  return {
    name,
    level,
    serializers: { err: withoutValues },
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
  };
}

/** What an error of the database says of the values that were sent: people's data, and hashes of their secrets. */
const valueFields = ["params", "parameters", "args", "detail", "where"];

/** An error as pino writes it, without the values that a statement was sent with; the statement itself stays. */
function withoutValues(error: Error): object {
  const written: Record<string, unknown> = { ...pino.stdSerializers.err(error) };
  for (const field of valueFields) delete written[field];
  for (const field of ["message", "stack"])
    if (typeof written[field] === "string")
      // Drizzle ends its message with them; a stack repeats the message, and after a line of frames a cause's.
      written[field] = written[field].replaceAll(/\nparams: .*(?:\n(?! {4}at |caused by:).*)*/g, "\nparams: [cut]");
  return written;
}
