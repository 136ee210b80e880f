/**
 * A market of a million leads and what two years of use leave beside it, for benches. Each part is made unless it is there.
 */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { sql } from "drizzle-orm";
import type { Database } from "#/db/client.ts";
import { exportFiles } from "#/ml/testing/export-market.ts";
import { makeMarket } from "#/ml/testing/synthetic-market.ts";
import { train } from "#/ml/training/train.ts";
import type { Ctx } from "../context.ts";
import { dateInNovosibirsk, dateOfDay, dayOfDate } from "../days.ts";
import { importFiles } from "../imports/import-files.ts";
import { promoteModel } from "../models/promote-model.ts";
import { registerModel } from "../models/register-model.ts";
import { openPilot } from "../pilot/open-pilot.ts";
import { judgeOutcomes } from "../quality/judge-outcomes.ts";
import { smallMarket } from "./train-small-market.ts";

const size = { leads: 1_000_000, premises: 100_000, managers: 1000 };

type Tell = (what: string) => void;

export async function fillScaleMarket(ctx: Ctx, tell: Tell): Promise<void> {
  await fillMarket(ctx, tell);
  await fillUse(ctx.db, tell);
  await fillOutcomes(ctx, tell);
  await fillModels(ctx, tell);
}

async function fillMarket(ctx: Ctx, tell: Tell): Promise<void> {
  const [there] = await ctx.db.execute(sql`select 1 from leases limit 1`);
  if (there) return;
  const market = makeMarket({ today: dayOfDate(dateInNovosibirsk(ctx.now())), ...size });
  const folder = path.join(ctx.home, "scale-market");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: { name: string; path: string }[] = [];
  for (const { name, chunks } of exportFiles(market)) {
    tell(`writing ${name}`);
    const place = path.join(folder, name);
    const out = createWriteStream(place);
    for (const chunk of chunks) if (!out.write(chunk)) await once(out, "drain");
    out.end();
    await finished(out);
    files.push({ name, path: place });
  }
  await importFiles(ctx, { files }, ({ file, stage }) => {
    if (stage === "writing") tell(`importing ${file}`);
  });
}

/** What people leave behind in two years: phones, boards, marks, sent proposals, the audit log. Triggers of the chain are passed over. */
async function fillUse(db: Database, tell: Tell): Promise<void> {
  const [there] = await db.execute(sql`select 1 from match_runs limit 1`);
  if (there) return;
  tell("filling runs, marks, proposals and the audit log");
  // The made market numbers its premises without gaps.
  const [{ first }] = (await db.execute(sql`select min(id::int) as first from premises`)) as unknown as [
    { first: number },
  ];
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    // One in thirty asks twice.
    await tx.execute(
      sql`update leads set phone = '+7 913 ' || lpad((('x' || substr(md5(id), 1, 7))::bit(28)::int % 9000000)::text, 7, '0')`,
    );
    await tx.execute(sql`
      create temporary table recent on commit drop as
      select id, manager_id, created_on, row_number() over (order by created_on, id) as n from leads
      where created_on > (select max(created_on) from leads) - 730 and manager_id is not null`);
    await tx.execute(sql`analyze recent`);
    await tx.execute(sql`
      insert into match_runs (lead_id, lead_facts, manager_id, market_version, as_of, threshold, premises_ids, suitabilities,
        probabilities, kept, features_sha256, duration_ms, requested_by, created_at)
      select r.id, '{}', r.manager_id, 1, r.created_on, 0.3, list.ids, list.fits, list.chances, list.kept, repeat('0', 64), 40,
        'system:bench', r.created_on + interval '12 hours'
      from recent r cross join lateral (
        select array_agg(f.id) as ids, array_agg(fit) as fits, array_agg(fit / 10) as chances, array_agg(fit >= 0.3) as kept
        from (
          select ((r.n * 7 + i * 13) % 100)::float8 / 100 as fit, (${first} + (r.n * 61 + i * 1009) % ${size.premises}::int)::text as id
          from generate_series(1, 60) i
        ) f
      ) list where r.n % 2 = 0`);
    await tx.execute(sql`
      insert into marks (lead_id, premises_id, manager_id, mark, reason, run_id, suitability, threshold, as_of, created_by, created_at)
      select lead_id, premises_ids[1 + (n % 60)::int], manager_id,
        (case when n % 3 = 0 then 'wrongly_kept' else 'wrongly_removed' end)::mark_kind, 'price', id,
        suitabilities[1 + (n % 60)::int], threshold, as_of, 'system:bench', created_at + interval '1 hour'
      from (select *, row_number() over () as n from match_runs) run where n % 2 = 0`);
    await tx.execute(sql`
      insert into mark_withdrawals (mark_id, withdrawn_by, withdrawn_at)
      select id, created_by, created_at + interval '1 hour' from marks where abs(hashtext(id::text)) % 20 = 0`);
    await tx.execute(sql`
      with made as (
        insert into proposals (lead_id, manager_id, created_by, created_at)
        select id, manager_id, 'system:bench', created_on + interval '1 day' from recent where n % 5 = 0 returning *
      )
      insert into proposal_offers (proposal_id, premises_id, lead_id, manager_id, sent_on, place)
      select id, (${first} + (n * 61 + i * 1009) % ${size.premises}::int)::text, lead_id, manager_id, created_at::date, i
      from (select *, row_number() over () as n from made) m cross join generate_series(1, 4) i`);
    await tx.execute(sql`
      insert into audit_log (at, actor, action, subject)
      select created_at, 'user:' || 1 + n % 1000, (array['mark:create', 'session:open', 'answer:give', 'proposal:send'])[1 + n % 4],
        'lead:' || lead_id
      from (select created_at, lead_id, row_number() over () as n from match_runs) run cross join generate_series(1, 4)`);
    // Told by triggers, were they not passed over.
    await tx.execute(sql`select tell_lead_ways((select array_agg(distinct lead_id) from proposal_offers))`);
    await tx.execute(sql`select tell_standing_marks((select array_agg(distinct lead_id) from marks))`);
  });
}

/** A model that has answered, and what came of its boards: nearly all of these deals were made without one, and half are made to have had one. */
async function fillOutcomes(ctx: Ctx, tell: Tell): Promise<void> {
  const { db } = ctx;
  const [there] = await db.execute(sql`select 1 from outcome_verdicts limit 1`);
  if (there) return;
  tell("filling a model and the outcomes of its boards");
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`
      insert into models (status, artifact_sha256, artifact_bytes, feature_set_id, as_of, threshold, threshold_basis, snapshot,
        parameters, report, created_by)
      values ('retired', repeat('0', 64), 1, 'bench', '2020-01-01', 0.3, '{}', '{}', '{}', '{}', 'system:bench')`);
    await tx.execute(sql`
      update match_runs set model_id = (select max(id) from models), removed_for = '{"area": 20, "rent": 15, "place": 5}'`);
    await tx.execute(sql`update marks set model_id = (select max(id) from models)`);
    await tx.execute(sql`select tell_standing_marks((select array_agg(distinct lead_id) from marks))`);
  });
  const began = performance.now();
  const { judged } = await judgeOutcomes({ ...ctx, actor: { kind: "system", name: "cli" } });
  tell(`judging ${judged} outcomes for the first time took ${Math.round(performance.now() - began)} ms`);
  await db.execute(sql`
    update outcome_verdicts set basis = 'run', model_id = (select max(id) from models), as_of = happened_on, threshold = 0.3,
      suitability = abs(hashtext(outcome_id) % 100) / 100.0, probability = abs(hashtext(outcome_id) % 50) / 100.0,
      kept = abs(hashtext(outcome_id) % 100) >= 30
    where basis = 'none' and abs(hashtext(outcome_id)) % 2 = 0`);
}

/** Two models of a small market, the second in use since five months ago, and a pilot of it: by the verbs that make them. */
async function fillModels(ctx: Ctx, tell: Tell): Promise<void> {
  const [there] = await ctx.db.execute(sql`select 1 from pilots limit 1`);
  if (there) return;
  tell("training two models of a small market, and drawing a pilot");
  const market = smallMarket();
  const [history, asOfDay] = [market.history(), market.today];
  let modelId = 0;
  for (const seed of [1, 2]) {
    const trained = await train(history, { asOfDay, seed });
    ({ modelId } = await registerModel(ctx, { trained, asOfDay, trainingId: null }));
  }
  await promoteModel(ctx, { modelId, override: "a bench needs one in use" });
  await ctx.db.execute(sql`update model_promotions set at = at - interval '150 days'`);
  const today = dayOfDate(dateInNovosibirsk(ctx.now()));
  // 1970-01-01 was a Thursday.
  await openPilot(ctx, { weekOn: dateOfDay(today - ((today + 3) % 7) - 7), modelId });
}
