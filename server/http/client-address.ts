import type { IncomingMessage } from "node:http";

const HEADER = "x-ostap-client-address";

/**
 * Writes the client's address into a header of our own, over whatever the client put there.
 * `trustedHops` is the number of our own proxies before this process: with 0 the socket's address counts and
 * X-Forwarded-For is not looked at; with n it is the n-th address from the right, which our outermost proxy wrote.
 * Called for every request before anything else sees it, since later only the headers are left of it.
 */
export function stampClientAddress(request: IncomingMessage, trustedHops: number): void {
  const forwarded = [request.headers["x-forwarded-for"] ?? []].flat().join(",");
  const chain = forwarded === "" ? [] : forwarded.split(",").map((address) => address.trim());
  const socket = request.socket.remoteAddress ?? "unknown";
  const address = trustedHops === 0 ? socket : (chain.at(-trustedHops) ?? socket);
  request.headers[HEADER] = network(address);
}

/** The stamped address; "unknown" where nothing stamped it, so that all such requests share one limit. */
export function clientAddress(headers: Headers): string {
  return headers.get(HEADER) ?? "unknown";
}

/** Whoever has one IPv6 address has its whole /64: limits count the network. */
function network(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, "").slice(0, 64);
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::", 2);
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill("0"), ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
