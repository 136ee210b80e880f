import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "#/server/trpc/root.ts";

export interface ReadProblem {
  /** The answer never came: no network, or no server. */
  offline: boolean;
  /** Worded by the server in the reader's language; of no use when `offline`. */
  message: string;
  requestId: string | null;
  /** The field of the input that it is about, where it is about one. */
  place: string | null;
  /** HTTP status; null when offline. */
  status: number | null;
  /** When the server will listen again; null where it does not say. */
  retryAfterSeconds: number | null;
}

/** What a failed call says to a person. */
export function readProblem(error: unknown): ReadProblem {
  if (error instanceof TRPCClientError) {
    const data = (error as TRPCClientError<AppRouter>).data;
    if (data)
      return {
        offline: false,
        message: error.message,
        requestId: data.requestId,
        place: data.place,
        status: data.httpStatus,
        retryAfterSeconds: data.retryAfterSeconds,
      };
  }
  return { offline: true, message: "", requestId: null, place: null, status: null, retryAfterSeconds: null };
}

/** Would the same request have a chance later? A refusal stays a refusal; a lost or overloaded server does not. */
export function isPassing(error: unknown): boolean {
  const { status } = readProblem(error);
  return status === null || status >= 500 || status === 429 || status === 408 || status === 401;
}
