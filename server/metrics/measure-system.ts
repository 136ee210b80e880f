import { sql } from "drizzle-orm";
import { Gauge, Registry } from "prom-client";
import type { Ctx } from "../context.ts";
import { queueExists, readQueues } from "../health/show-jobs.ts";

/**
 * What only the database knows, at this moment, as a registry of its own: queue, trainings, marks, connections, and the ages
 * that an alert looks at. It is asked at each scrape; every query reads an index or a small table.
 */
export async function measureSystem(ctx: Ctx): Promise<Registry> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `ostap_${name}`, help, labelNames, registers: [registry] });
  const queue = gauge("queue_jobs", "Jobs in the queue, by job and state.", ["job", "state"]);
  const oldest = gauge("queue_oldest_waiting_seconds", "How long the oldest job that may begin has waited.", ["job"]);
  for (const { job, waiting, running, oldestWaitingSeconds } of (await queueExists(ctx)) ? await readQueues(ctx) : []) {
    queue.set({ job, state: "waiting" }, waiting);
    queue.set({ job, state: "running" }, running);
    oldest.set({ job }, oldestWaitingSeconds ?? 0);
  }
  const trainings = gauge("trainings", "Trainings that wait or run.", ["status"]);
  const marks = gauge("marks_last_day", "Marks set and withdrawn within the last 24 hours.", ["deed"]);
  const connections = gauge("db_connections", "Connections to the database, by program and state.", [
    "program",
    "state",
  ]);
  const [row] = await ctx.db.execute<Row>(sql`
    select
      (select count(*) from trainings where status = 'queued')::int as queued,
      (select count(*) from trainings where status = 'running')::int as running,
      (select count(*) from audit_log where action = 'mark:create' and at > now() - interval '1 day')::int as created,
      (select count(*) from audit_log where action = 'mark:withdraw' and at > now() - interval '1 day')::int as withdrawn,
      (select model_id from model_aliases where name = 'active') as model,
      extract(epoch from now() - (select max(beat_at) from worker_beats))::float8 as beat,
      extract(epoch from now() - (select max(at) from backups))::float8 as backup,
      (select intact from audit_checks order by id desc limit 1) as intact,
      pg_database_size(current_database())::float8 as bytes,
      current_setting('max_connections')::int as connections`);
  trainings.set({ status: "queued" }, row!.queued);
  trainings.set({ status: "running" }, row!.running);
  marks.set({ deed: "set" }, row!.created);
  marks.set({ deed: "withdrawn" }, row!.withdrawn);
  gauge("db_size_bytes", "Size of the database.").set(row!.bytes);
  gauge("db_connections_max", "Most connections that the database takes.").set(row!.connections);
  // What is not known is not there: an alert on absence is honest where a zero would lie.
  if (row!.model !== null) gauge("active_model_id", "The model that answers.").set(row!.model);
  if (row!.beat !== null) gauge("worker_beat_age_seconds", "Since a worker last said that it lives.").set(row!.beat);
  if (row!.backup !== null) gauge("backup_age_seconds", "Since the last backup that is known.").set(row!.backup);
  if (row!.intact !== null)
    gauge("audit_log_intact", "1: the last check found the audit log whole.").set(row!.intact ? 1 : 0);
  const pools = await ctx.db.execute<{ program: string; state: string; n: number }>(sql`
    select coalesce(nullif(application_name, ''), 'unknown') as program, coalesce(state, 'none') as state, count(*)::int as n
    from pg_stat_activity where datname = current_database() group by 1, 2`);
  for (const { program, state, n } of pools) connections.set({ program, state }, n);
  return registry;
}

type Row = {
  queued: number;
  running: number;
  created: number;
  withdrawn: number;
  model: number | null;
  beat: number | null;
  backup: number | null;
  intact: boolean | null;
  bytes: number;
  connections: number;
};
