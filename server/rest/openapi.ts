import { OpenAPIRegistry, OpenApiGeneratorV31, type RouteConfig } from "@asteasolutions/zod-to-openapi";
import { withdrawMarkInput } from "../feedback/withdraw-mark.ts";
import { matchLeadInput } from "../matching/match-lead.ts";
import { BODY_MAX } from "./respond.ts";
import { markAnswer, markRequest, matchAnswer, problem, withdrawnAnswer } from "./views.ts";

type Json = NonNullable<RouteConfig["responses"][string]>;

const problems: Record<number, string> = {
  400: "The request is not understood; `place` names the field",
  401: "No valid key",
  403: "The key lacks the scope",
  404: "No such lead, premises, manager or mark",
  413: `The body is larger than ${BODY_MAX / 1024} KiB`,
  415: "The body is not application/json",
  500: "We broke something",
  503: "Not now; Retry-After says when",
};

let kept: object | undefined;

/** The OpenAPI 3.1 description, out of the very schemas that requests are parsed by. */
export function describeApi(): object {
  kept ??= build();
  return kept;
}

function build(): object {
  const registry = new OpenAPIRegistry();
  const key = registry.registerComponent("securitySchemes", "key", { type: "http", scheme: "bearer" });
  const route = (config: RouteConfig) => registry.registerPath({ security: [{ [key.name]: [] }], ...config });
  route({
    method: "post",
    path: "/api/v1/match",
    summary: "Judge every free premises for one lead",
    request: { body: { required: true, content: { "application/json": { schema: matchLeadInput } } } },
    responses: { 200: json("The verdicts", matchAnswer), ...failures(400, 401, 403, 404, 413, 415, 500, 503) },
  });
  route({
    method: "post",
    path: "/api/v1/marks",
    summary: "Say that a verdict was a mistake",
    request: { body: { required: true, content: { "application/json": { schema: markRequest } } } },
    responses: {
      201: json("A new mark", markAnswer),
      200: json("The same key and body as before: the same mark", markAnswer),
      ...failures(400, 401, 403, 404, 413, 415, 500, 503),
      409: failure("The same key with another body"),
      429: failure("More than 20,000 marks of one manager in an hour; Retry-After says when"),
    },
  });
  route({
    method: "delete",
    path: "/api/v1/marks/{markId}",
    summary: "Take a mark back; doing it again changes nothing",
    request: { params: withdrawMarkInput },
    responses: {
      200: json("The mark that was taken back", withdrawnAnswer),
      ...failures(400, 401, 403, 404, 500, 503),
    },
  });
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "Ostap",
      version: "1",
      description:
        "Finds the right premises for a lead. Ids are the CRM's own, as strings; fields we do not know are refused.",
    },
    servers: [{ url: "/" }],
  });
}

function json(description: string, schema: typeof matchAnswer | typeof markAnswer | typeof withdrawnAnswer): Json {
  return { description, content: { "application/json": { schema } } };
}

function failure(description: string): Json {
  return { description, content: { "application/problem+json": { schema: problem } } };
}

function failures(...statuses: (keyof typeof problems)[]): Record<string, Json> {
  return Object.fromEntries(statuses.map((status) => [status, failure(problems[status]!)]));
}
