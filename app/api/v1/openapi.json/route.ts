import { describeApi } from "#/server/rest/openapi.ts";

export const GET = () => Response.json(describeApi());
