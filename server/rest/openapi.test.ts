import { describe, expect, test } from "vitest";
import { describeApi } from "./openapi.ts";

interface Schema {
  additionalProperties?: boolean;
  required?: string[];
  properties?: Record<string, unknown>;
}
interface Document {
  openapi: string;
  paths: Record<
    string,
    Record<
      string,
      {
        responses: Record<string, unknown>;
        security: unknown;
        requestBody?: { content: { "application/json": { schema: Schema } } };
      }
    >
  >;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
}

const document = JSON.parse(JSON.stringify(describeApi())) as Document;

describe("the description of the API", () => {
  test("is OpenAPI 3.1 and names every door", () => {
    expect(document.openapi).toBe("3.1.0");
    const doors = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(doors.sort()).toEqual(["delete /api/v1/marks/{markId}", "post /api/v1/marks", "post /api/v1/match"]);
  });

  test("asks for a key everywhere and says how each door refuses", () => {
    for (const methods of Object.values(document.paths))
      for (const { security, responses } of Object.values(methods)) {
        expect(security).toEqual([{ key: [] }]);
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(["400", "401", "403", "404", "500", "503"]));
      }
  });

  test("is made of the schemas that requests are parsed by: nothing unknown is taken", () => {
    const match = document.paths["/api/v1/match"]?.post?.requestBody?.content["application/json"].schema;
    expect(Object.keys(match?.properties ?? {}).sort()).toEqual(["asOf", "lead", "leadId", "managerId"]);
    expect(match?.additionalProperties).toBe(false);
    const mark = document.components.schemas.MarkRequest;
    expect(mark?.additionalProperties).toBe(false);
    expect(mark?.required?.sort()).toEqual(["idempotencyKey", "leadId", "managerId", "mark", "premisesId"]);
  });

  test("has no loose ends", () => {
    const text = JSON.stringify(document);
    for (const [, name] of text.matchAll(/#\/components\/schemas\/(\w+)/g))
      expect(document.components.schemas).toHaveProperty(name!);
  });
});
