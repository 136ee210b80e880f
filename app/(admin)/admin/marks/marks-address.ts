import { parseAsString, parseAsStringLiteral } from "nuqs/server";

/** What the list of marks is narrowed to, in the address so that it can be sent to somebody. */
export const marksAddress = {
  manager: parseAsString,
  lead: parseAsString.withDefault(""),
  day: parseAsString.withDefault(""),
  kind: parseAsStringLiteral(["wrongly_removed", "wrongly_kept"] as const),
  state: parseAsStringLiteral(["all", "standing", "withdrawn"] as const).withDefault("all"),
};
