import { exportAudit } from "../audit-log/export-audit.ts";
import { openSession } from "../auth/open-session.ts";
import type { Runtime } from "../runtime.ts";
import { commonHeaders, withProblems } from "./respond.ts";

/** GET /api/audit/export?actor=…&action=…&subject=…&from=…&to=…: the audit log's lines that fit, as a file. */
export function answerAuditExport(request: Request, runtime?: Runtime): Promise<Response> {
  return withProblems(
    () => openSession(request.headers, runtime),
    async (ctx) => {
      const asked = Object.fromEntries(new URL(request.url).searchParams);
      const pieces = await exportAudit(ctx, asked);
      return new Response(streamOf(pieces), {
        headers: {
          ...commonHeaders(ctx),
          "content-type": "text/csv; charset=utf-8",
          "content-disposition": `attachment; filename="audit.csv"`,
        },
      });
    },
  );
}

/** Asks for the next piece when the reader has room for it, and lets go of the rest when he leaves. */
function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
