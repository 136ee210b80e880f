import { initTRPC, TRPCError } from "@trpc/server";
import superjson from "superjson";
import { ZodError } from "zod";
import type { Ctx } from "../context.ts";
import { AppError, type ErrorCode } from "../errors.ts";
import { observeProcedure } from "../metrics/observe.ts";
import type { Role } from "../permissions.ts";
import { TOO_OFTEN } from "../rate-limit.ts";
import { explainError } from "./explain-error.ts";

/** A verb's world and the number under which the log knows this request. */
export interface TrpcContext extends Ctx {
  requestId: string;
}

/** Most calls in one HTTP request; the browser's link cuts its batches to the same number. */
export const MAX_BATCH = 10;

const codes = {
  invalid: "BAD_REQUEST",
  unauthenticated: "UNAUTHORIZED",
  forbidden: "FORBIDDEN",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  unavailable: "SERVICE_UNAVAILABLE",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

const t = initTRPC.context<TrpcContext>().create({
  transformer: superjson,
  // Never a stack trace in an answer, whatever NODE_ENV says.
  isDev: false,
  errorFormatter: ({ shape, error, ctx }) => ({
    ...shape,
    message: explainError(error, ctx?.locale ?? "ru", ctx?.requestId),
    data: {
      code: shape.data.code,
      httpStatus: shape.data.httpStatus,
      path: shape.data.path,
      requestId: ctx?.requestId ?? null,
      place: placeOf(error),
      retryAfterSeconds: error.cause instanceof AppError ? (error.cause.retryAfterSeconds ?? null) : null,
    },
  }),
});

/** The one place where a verb's refusal becomes tRPC's, and where what we broke ourselves is logged. */
const refusals = t.middleware(async ({ ctx, next, path }) => {
  const began = performance.now();
  const result = await next();
  observeProcedure(path, result.ok ? "ok" : outcomeOf(result.error), performance.now() - began);
  if (result.ok) return result;
  const { error } = result;
  if (error.cause instanceof AppError) {
    ctx.log.info({ path, refused: error.cause.code }, error.cause.message);
    const code = error.cause.place === TOO_OFTEN ? "TOO_MANY_REQUESTS" : codes[error.cause.code];
    throw new TRPCError({ code, message: error.cause.message, cause: error.cause });
  }
  if (error.code === "INTERNAL_SERVER_ERROR") ctx.log.error({ path, err: error.cause ?? error }, "a procedure broke");
  return result;
});

/** A refusal by its code, and by tRPC's own where it was tRPC that refused. */
function outcomeOf(error: TRPCError): string {
  return error.cause instanceof AppError ? error.cause.code : error.code.toLowerCase();
}

function placeOf(error: TRPCError): string | null {
  if (error.cause instanceof AppError) return error.cause.place ?? null;
  if (error.cause instanceof ZodError) return error.cause.issues[0]?.path.join(".") || null;
  return null;
}

/** Refuses whoever is not signed in with one of these roles; the verb itself asks again for the deed's own permission. */
function withRole(...roles: Role[]) {
  return t.procedure.use(refusals).use(({ ctx, next }) => {
    if (ctx.actor.kind !== "user")
      throw new AppError("unauthenticated", { ru: "Сначала войдите.", en: "Sign in first." });
    if (!roles.includes(ctx.actor.role))
      throw new AppError("forbidden", {
        ru: "Эта страница не для вашей роли.",
        en: "This is not open to your role.",
      });
    return next();
  });
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;
/** @public For whoever asks, signed in or not. */
export const publicProcedure = t.procedure.use(refusals);
/** For everybody who is signed in. */
export const managerProcedure = withRole("manager", "owner", "admin");
/** @public For the product's owner and administrators. */
export const ownerProcedure = withRole("owner", "admin");
/** @public For administrators alone. */
export const adminProcedure = withRole("admin");
