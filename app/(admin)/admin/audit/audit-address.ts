import { parseAsString } from "nuqs/server";

/** What the log is narrowed to, in the address so that it can be sent to somebody. */
export const auditAddress = {
  actor: parseAsString.withDefault(""),
  action: parseAsString,
  subject: parseAsString.withDefault(""),
  from: parseAsString.withDefault(""),
  to: parseAsString.withDefault(""),
};
