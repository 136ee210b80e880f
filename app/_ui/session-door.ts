/** Why a sign-in was refused; each has its own sentence on the screen. */
export type Refusal =
  | { kind: "wrong" | "tooMany" | "offline" | "unavailable" }
  | { kind: "tooManyWait"; seconds: number };

/**
 * Opens a session by next-auth's own door; null when let in. Its browser package is left out: without a network it
 * leaves the page for an error address, and what was typed is lost.
 */
export async function openSession(email: string, password: string): Promise<Refusal | null> {
  try {
    const answer = await knock("callback/credentials", { email, password });
    if (answer.ok) return null;
    if (answer.status === 401) return { kind: "wrong" };
    if (answer.status !== 429) return { kind: "unavailable" };
    const seconds = Number(answer.headers.get("retry-after"));
    return seconds > 0 ? { kind: "tooManyWait", seconds } : { kind: "tooMany" };
  } catch (error) {
    // fetch rejects with a TypeError when no answer came at all.
    if (error instanceof TypeError) return { kind: "offline" };
    return { kind: "unavailable" };
  }
}

/** Ends the session of this browser. Rejects when the server did not answer: then it still stands. */
export async function closeSession(): Promise<void> {
  const answer = await knock("signout", {});
  if (!answer.ok) throw new Error(`Signing out was answered with ${answer.status}.`);
}

async function knock(action: string, fields: Record<string, string>): Promise<Response> {
  const csrf = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  return fetch(`/api/auth/${action}`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...fields, csrfToken, json: "true" }),
  });
}
