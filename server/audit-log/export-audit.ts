import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { audit } from "../audit.ts";
import { actorName, type Ctx } from "../context.ts";
import { inert } from "../imports/inert-cell.ts";
import { parseInput } from "../parse-input.ts";
import { authorize } from "../permissions.ts";
import type { Words } from "../wording.ts";
import { auditFilter } from "./audit-filter.ts";
import { type AuditCursor, readPage } from "./search-audit.ts";

export const exportAuditInput = z.strictObject(auditFilter);

const headers: Words[] = [
  { ru: "Место в цепочке", en: "Place in the chain" },
  { ru: "Когда (UTC)", en: "When (UTC)" },
  { ru: "Кто", en: "Who" },
  { ru: "Имя", en: "Name" },
  { ru: "Что сделано", en: "Action" },
  { ru: "С чем", en: "Subject" },
  { ru: "Подробности", en: "Detail" },
];

const PAGE = 1000;

/**
 * The lines that fit, newest first, as CSV in pieces: the log may be larger than memory. UTF-8 with BOM, separated by
 * semicolons, and nothing in it runs as a formula. That it was taken is a line of the log itself.
 */
export async function exportAudit(ctx: Ctx, input: z.input<typeof exportAuditInput>): Promise<AsyncGenerator<string>> {
  authorize(ctx, "audit:read");
  const filter = parseInput(exportAuditInput, input);
  await audit(ctx, "audit:read", actorName(ctx.actor), { exported: filter });
  return pieces();

  async function* pieces(): AsyncGenerator<string> {
    let cursor: AuditCursor | null = null;
    yield csv([headers.map((header) => header[ctx.locale])], true);
    do {
      const page = await readPage(ctx, filter, PAGE, cursor);
      yield csv(
        page.lines.map((line) => [
          ...[line.place ?? "", line.at.toISOString(), inert(line.actor), inert(line.actorName ?? "")],
          ...[inert(line.action), inert(line.subject), inert(JSON.stringify(line.detail))],
        ]),
      );
      cursor = page.nextCursor;
    } while (cursor);
  }
}

function csv(rows: unknown[][], bom = false): string {
  return stringify(rows, { bom, delimiter: ";", record_delimiter: "\r\n" });
}
