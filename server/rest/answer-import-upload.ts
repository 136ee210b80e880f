import { openSession } from "../auth/open-session.ts";
import { readEnv } from "../env.ts";
import { AppError } from "../errors.ts";
import { assertSameOrigin } from "../http/same-origin.ts";
import { securityHeaders } from "../http/security-headers.ts";
import { receiveUpload, receiveUploadInput } from "../imports/receive-upload.ts";
import { parseInput } from "../parse-input.ts";
import type { Runtime } from "../runtime.ts";
import { commonHeaders, withProblems } from "./respond.ts";

/** What a page's script sends; a form of another site cannot. */
const BODY_TYPE = "application/octet-stream";

/**
 * POST /api/imports/files?name=…: a file to be imported, as the body, for whoever is signed in and may import. It goes past the
 * proxy, which would keep its body in memory, and so carries the proxy's headers itself.
 */
export async function answerImportUpload(request: Request, runtime?: Runtime): Promise<Response> {
  const { publicUrl } = runtime?.env ?? readEnv();
  const answer = await withProblems(
    () => openSession(request.headers, runtime),
    async (ctx) => {
      assertSameOrigin(request, publicUrl);
      if (request.headers.get("content-type") !== BODY_TYPE) throw notAFile();
      const declared = request.headers.get("content-length");
      const input = parseInput(receiveUploadInput, {
        name: new URL(request.url).searchParams.get("name"),
        ...(declared === null ? {} : { declaredBytes: Number(declared) }),
      });
      const received = await receiveUpload(ctx, input, request.body ?? new ReadableStream({ start: (c) => c.close() }));
      return Response.json(received, { status: 201, headers: commonHeaders(ctx) });
    },
  );
  for (const [name, value] of Object.entries(securityHeaders(publicUrl?.startsWith("https:") ?? false)))
    answer.headers.set(name, value);
  return answer;
}

function notAFile(): AppError {
  return new AppError(
    "invalid",
    { ru: `Передайте файл телом запроса: ${BODY_TYPE}.`, en: `Send the file as the body: ${BODY_TYPE}.` },
    { place: "content-type" },
  );
}
