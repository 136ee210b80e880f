import { parseAsString, parseAsStringLiteral } from "nuqs/server";

export const roles = ["manager", "owner", "admin"] as const;
export const states = ["working", "dismissed"] as const;

/** What the list of people is narrowed to, in the address so that it can be sent to somebody. */
export const usersAddress = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(states).withDefault("working"),
  role: parseAsStringLiteral(roles),
};
