import path from "node:path";
import { z } from "zod";

const schema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  OSTAP_HOME: z.string().min(1).default(".ostap"),
  PORT: z.coerce.number().int().min(1).max(65_535).default(3000),
  LANG: z.string().default("ru"),
  XGBOOST_LIBRARY: z.string().min(1).optional(),
  OSTAP_TRAINING_MEMORY_MB: z.coerce.number().int().min(256).optional(),
  NEXTAUTH_URL: z.url({ protocol: /^https?$/ }).optional(),
  METRICS_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  METRICS_HOST: z.string().min(1).default("127.0.0.1"),
  TRUSTED_PROXY_HOPS: z.coerce.number().int().min(0).max(10).default(0),
});

export interface Env {
  /** Absent: the embedded Postgres under `home`. */
  databaseUrl: string | undefined;
  /** Absolute. Holds the embedded database, the models and the secrets of this installation. */
  home: string;
  port: number;
  /** Language of messages on the command line. */
  locale: "ru" | "en";
  /** Path of libxgboost, where it is not in its usual place. */
  xgboostLibrary: string | undefined;
  /** Memory that the process of a training may take, native code's included; absent: by the machine. */
  trainingMemoryMegabytes: number | undefined;
  /** The address people type, where a proxy stands before us; https here makes the cookies secure and turns HSTS on. */
  publicUrl: string | undefined;
  /** Where Prometheus finds /metrics; absent: nowhere. Never the public port. */
  metrics: { port: number; host: string } | undefined;
  /** How many proxies of our own stand before this process; 0 trusts no X-Forwarded-For. */
  trustedProxyHops: number;
}

/** Reads the environment once at the edge; a wrong value fails here, with its name, and not at first use. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(filled);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new Error(`The environment is not usable. ${wrong.join("; ")}`);
  }
  const env = parsed.data;
  return {
    databaseUrl: env.DATABASE_URL,
    home: path.resolve(env.OSTAP_HOME),
    port: env.PORT,
    locale: env.LANG.toLowerCase().startsWith("en") ? "en" : "ru",
    xgboostLibrary: env.XGBOOST_LIBRARY,
    trainingMemoryMegabytes: env.OSTAP_TRAINING_MEMORY_MB,
    publicUrl: env.NEXTAUTH_URL,
    metrics: env.METRICS_PORT === undefined ? undefined : { port: env.METRICS_PORT, host: env.METRICS_HOST },
    trustedProxyHops: env.TRUSTED_PROXY_HOPS,
  };
}
