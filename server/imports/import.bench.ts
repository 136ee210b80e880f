/**
 * How fast leads come in, against a bare COPY of the same bytes, and at what memory.
 * `node --max-semi-space-size=8 server/imports/import.bench.ts [rows]` (1,000,000 by default); its database is thrown away.
 */
import { createReadStream, createWriteStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { connect } from "#/db/client.ts";
import { joinEmbeddedPostgres } from "#/db/embedded.ts";
import { migrate } from "#/db/migrate.ts";
import type { Ctx } from "../context.ts";
import { createLog } from "../log.ts";
import { importFiles } from "./import-files.ts";

const rows = Number(process.argv[2] ?? 1_000_000);
const home = await mkdtemp(path.join(os.tmpdir(), "ostap-bench-"));
const file = path.join(home, "leads.csv");
await pipeline(Readable.from(lines(rows)), createWriteStream(file));
const { size } = await stat(file);

const postgres = await joinEmbeddedPostgres(home);
try {
  await migrate(postgres.url);
  const connection = connect(postgres.url);
  const ctx: Ctx = {
    actor: { kind: "system", name: "cli" },
    db: connection.db,
    sql: connection.sql,
    now: () => new Date(),
    home,
    log: createLog("bench", "warn"),
    locale: "en",
  };
  console.log(`${rows} leads, ${(size / 1e6).toFixed(0)} MB, ${os.cpus().length} cores, Node ${process.version}`);

  const bare = await seconds(async () => {
    await connection.sql.begin(async (tx) => {
      await tx`create unlogged table bare (line text)`;
      // A byte that no line holds: the whole line is one column, and the server only stores it.
      const sink = await tx`copy bare from stdin with (format csv, delimiter E'\x01', quote E'\x02')`.writable();
      await pipeline(createReadStream(file), sink);
    });
  });
  report("bare COPY of the same bytes", bare);

  let readIn = 0;
  const started = performance.now();
  const first = await seconds(() =>
    importFiles(ctx, { files: [{ name: "leads.csv", path: file }] }, ({ stage }) => {
      if (stage === "reading") readIn = (performance.now() - started) / 1000;
    }),
  );
  report("first import", first);
  console.log(`  of it reading ${readIn.toFixed(1)} s, ${(first / bare).toFixed(1)} times the bare COPY`);
  report("the same file again", await seconds(() => importFiles(ctx, { files: [{ name: "leads.csv", path: file }] })));
  console.log(`peak resident memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
  await connection.close();
} finally {
  await postgres.leave();
  await rm(home, { recursive: true, force: true });
}

function report(what: string, time: number): void {
  console.log(`${what}: ${time.toFixed(1)} s, ${Math.round(rows / time).toLocaleString("en")} rows/s`);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Rows as alike and as different as a real CRM's: two thirds of the wishes empty, names that hardly repeat. */
function* lines(count: number): Generator<string> {
  yield "\ufeffID;Дата создания;Источник;Ответственный;Бренд;Чем занимается;Размах компании;Площадь от;Площадь до;Цена за всю площадь-максимум, руб.;Какой берег интересует?;Какой район интересует?\r\n";
  const trades = ["кофейня", "пекарня", "аптека", "офис", "ремонт и ателье", "салон красоты"];
  const districts = ["Центральный", "Ленинский", "Октябрьский", "Калининский, Дзержинский"];
  let batch = "";
  for (let i = 0; i < count; i++) {
    const day = `${String(1 + (i % 28)).padStart(2, "0")}.${String(1 + (i % 12)).padStart(2, "0")}.${2018 + (i % 8)}`;
    const wish = (every: number, value: string) => (i % every === 0 ? value : "");
    batch += `${1_000_000 + i};${day};сайт;Менеджер ${i % 40};${wish(2, `Бренд-${(i * 7919) % 99_991}`)};${wish(2, trades[i % 6]!)};${wish(3, "2-5 точек")};${wish(3, String(20 + (i % 200)))};${wish(3, `${230 + (i % 90)} кв.м`)};${wish(4, `${20 + (i % 70)} 500`)};${wish(3, "правый")};${wish(3, districts[i % 4]!)}\r\n`;
    if (batch.length > 1 << 16) {
      yield batch;
      batch = "";
    }
  }
  yield batch;
}
