import { type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import type { TransactionSql } from "postgres";
import type { ImportExample } from "#/db/schema/index.ts";
import { invariant } from "../errors.ts";
import { endOvertaken, layAnswers, liftAnswers, noteEmptied } from "../leads/lead-answers.ts";
import { searchTextSql } from "../leads/search-text.ts";
import { RowCopy } from "./copy-rows.ts";
import type { Column, ImportTable, Row, TableName, Value } from "./table.ts";

/** Temporary, of one transaction. `ordinal` tells which of two rows with one key came last. */
const staging = "import_staging";
const dialect = new PgDialect();

export interface Merged {
  inserted: number;
  changed: number;
  unchanged: number;
  duplicates: number;
  /** Some of the rows that were new or changed. */
  examples: ImportExample[];
}

/** Rows of one file on their way into their table: staged by COPY, then merged at once. Lives in one transaction. */
export class Staging {
  private readonly sql: TransactionSql;
  private readonly table: ImportTable;
  private readonly columns: Column[];
  private readonly copy: RowCopy;
  private staged = 0;

  private constructor(sql: TransactionSql, table: ImportTable, columns: Column[], copy: RowCopy) {
    this.sql = sql;
    this.table = table;
    this.columns = columns;
    this.copy = copy;
  }

  /** `present` are the columns that the file has; what it does not have stays as it is in the database. */
  static async open(sql: TransactionSql, table: ImportTable, present: ReadonlySet<string>): Promise<Staging> {
    const columns = table.columns.filter((column) => present.has(column.name));
    const types = columns.map((column) => `"${column.name}" ${column.sqlType}`).join(", ");
    await sql.unsafe(`drop table if exists ${staging}`);
    await sql.unsafe(`create temporary table ${staging} (ordinal integer not null, ${types}) on commit drop`);
    const copy = await RowCopy.into(sql, staging, ["ordinal", ...columns.map((column) => column.name)]);
    return new Staging(sql, table, columns, copy);
  }

  add(row: Row): Promise<void> | undefined {
    const values: Value[] = [this.staged++];
    for (const column of this.columns) values.push(row[column.name] ?? null);
    return this.copy.add(values);
  }

  abort(): Promise<void> {
    return this.copy.abort();
  }

  /**
   * Merges what was staged into the table; rows that say nothing new are not touched. Takes the import's lock first.
   * Tells at most `examplesMax` new rows and as many changed ones.
   */
  async merge(examplesMax = 0): Promise<Merged> {
    await this.copy.end();
    await this.sql`set local work_mem = '64MB'`;
    // A trigram index is three times faster filled in bulk from its pending list than row by row.
    await this.sql`set local gin_pending_list_limit = '1GB'`;
    await this.sql`set local maintenance_work_mem = '128MB'`;
    await this.sql.unsafe(`analyze ${staging}`);
    await takeImportLock(this.sql);
    const duplicates = await this.dropEarlierDuplicates();
    const present = new Set(this.columns.map((column) => column.name));
    let examples: ImportExample[] = [];
    const merge = async () => {
      if (examplesMax > 0) examples = await tellExamples(this.sql, this.table, present, examplesMax);
      return run(this.sql, mergeStatement(this.table, present));
    };
    const [counts] = this.table.name === "leads" ? await beneathAnswers(this.sql, merge) : await merge();
    invariant(counts, "a count is one row");
    // Left as it is, every search would walk through the list.
    if (this.table.name === "leads") await this.sql`select gin_clean_pending_list('leads_search_idx')`;
    const inserted = Number(counts.inserted);
    const changed = Number(counts.changed);
    return { inserted, changed, unchanged: this.staged - duplicates - inserted - changed, duplicates, examples };
  }

  /** How many staged rows name what we do not know. */
  async countUnlinked(): Promise<number> {
    const names = unlinked[this.table.name].filter(({ column }) => this.columns.some(({ name }) => name === column));
    if (names.length === 0) return 0;
    const conditions = names.map(({ condition }) => `(${condition})`).join(" or ");
    const [row] = await this.sql.unsafe(`select count(*)::int as n from ${staging} s where ${conditions}`);
    return Number(row?.n);
  }

  private async dropEarlierDuplicates(): Promise<number> {
    const key = this.table.key.map((name) => `"${name}"`).join(", ");
    const [row] = await this.sql.unsafe(`select count(*)::int as n from (select from ${staging} group by ${key}) keys`);
    const duplicates = this.staged - Number(row?.n);
    if (duplicates > 0)
      await this.sql.unsafe(
        `delete from ${staging} where ordinal not in (select max(ordinal) from ${staging} group by ${key})`,
      );
    return duplicates;
  }
}

/** The first rows of the file that are new, and the first that differ from what is in the table. */
async function tellExamples(
  tx: TransactionSql,
  table: ImportTable,
  present: ReadonlySet<string>,
  most: number,
): Promise<ImportExample[]> {
  const values = [...present].filter((name) => !table.key.includes(name));
  const source = table.name === "vacancies" ? " and t.source = 'export'" : "";
  const sameKey = table.key.map((name) => `t."${name}" = s."${name}"`).join(" and ");
  const row = (of: "s" | "t") => `row(${values.map((name) => `${of}."${name}"`).join(", ")})`;
  const object = (of: "s" | "t") =>
    `jsonb_build_object(${values.map((name) => `'${name}', ${of}."${name}"`).join(", ")})`;
  const select = (isNew: boolean) => `(
    select ${isNew} as "isNew", concat_ws(' · ', ${table.key.map((name) => `s."${name}"`).join(", ")}) as key,
      ${isNew ? "null::jsonb" : object("t")} as was, ${object("s")} as now
    from ${staging} s left join ${table.name} t on ${sameKey}${source}
    where t."${table.key[0]}" is ${isNew ? "null" : `not null and ${row("t")} is distinct from ${row("s")}`}
    order by s.ordinal limit ${most})`;
  const parts = values.length === 0 ? [select(true)] : [select(false), select(true)];
  const rows = await tx.unsafe(parts.join(" union all "));
  return rows.map(({ isNew, key, was, now }) => ({
    key,
    isNew,
    values: values
      .map((column) => ({ column, was: plain(was?.[column]), now: plain(now[column]) }))
      .filter(({ was, now }) => (isNew ? now !== null : was !== now)),
  }));
}

/** A value of JSON as text; an empty list is nothing. */
function plain(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.length === 0 ? null : value.join(", ");
  return String(value);
}

/** Imports write one after another: two at once neither deadlock nor see each other's halves. Reading a file needs no lock. */
async function takeImportLock(sql: TransactionSql): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('ostap:import', 0))`;
}

const known = (table: TableName, column: string) =>
  `s.${column} is not null and not exists (select from ${table} known where known.id = s.${column})`;
const manager = {
  column: "manager_name",
  condition: `s.manager_name is not null and not exists (select from (${managersByName()}) m where m.name = ${foldedName("s.manager_name")})`,
};
const lead = { column: "lead_id", condition: known("leads", "lead_id") };
const premises = { column: "premises_id", condition: known("premises", "premises_id") };
const unlinked: Record<TableName, { column: string; condition: string }[]> = {
  managers: [],
  districts: [],
  premises: [],
  vacancies: [premises],
  leads: [manager],
  deals: [lead, premises],
  leases: [lead, premises],
};

/** The spelling in which managers' names are compared; the argument is an SQL expression. */
function foldedName(expression: string): string {
  return `lower(translate(${expression}, 'Ёё', 'Ее'))`;
}

/** Folded names that exactly one manager bears; only those link. */
function managersByName(): string {
  return `select ${foldedName("name")} as name, min(id) as id from managers group by 1 having count(*) = 1`;
}

/**
 * Links leads and deals to managers anew after managers changed, so that what is linked depends on what is in the tables and
 * not on the order in which it came. Returns how many rows changed.
 */
export async function relinkManagers(tx: TransactionSql): Promise<number> {
  let changed = 0;
  for (const table of ["leads", "deals"]) {
    const result = await tx.unsafe(`
      update ${table} r set manager_id = named.id
      from (
        select w.id as row_id, m.id
        from ${table} w left join (${managersByName()}) m on m.name = ${foldedName("w.manager_name")}
        where w.manager_name is not null and w.manager_id is distinct from m.id
      ) named
      where r.id = named.row_id`);
    changed += result.count;
  }
  return changed;
}

/** Columns that we compute from others while merging, by table. */
function derivedColumns(table: TableName, present: ReadonlySet<string>): { name: string; value: SQL; fixed?: true }[] {
  const managerId = { name: "manager_id", value: sql.raw(present.has("manager_name") ? "m.id" : "t.manager_id") };
  switch (table) {
    case "leads": {
      const field = (name: string) => sql.raw(`${present.has(name) ? "s" : "t"}.${name}`);
      const search = searchTextSql({
        id: sql.raw("s.id"),
        brand: field("brand"),
        trades: field("trades"),
        districts: field("districts"),
        phone: field("phone"),
      });
      return [managerId, { name: "search_text", value: search }];
    }
    case "deals":
      return [managerId];
    case "vacancies":
      return [{ name: "source", value: sql`'export'::vacancy_source`, fixed: true }];
    default:
      return [];
  }
}

/** What a column that the file does not have is filled with where the row is new and the table wants a value. */
const absent: Partial<Record<TableName, Record<string, string>>> = {
  premises: { name: "coalesce(t.name, s.id)" },
  leads: { trades: "coalesce(t.trades, '{}')", districts: "coalesce(t.districts, '{}')" },
};

/**
 * One statement: staged rows that are new or differ are written, and counted by whether they were there.
 * `on conflict` catches a row that somebody else has written since the join looked.
 */
function mergeStatement(table: ImportTable, present: ReadonlySet<string>): SQL {
  const derived = derivedColumns(table.name, present);
  const fixed = derived.filter((column) => column.fixed);
  const computed = derived.filter((column) => !column.fixed);
  const keys = [...table.key, ...fixed.map((column) => column.name)];
  const filled = Object.entries(absent[table.name] ?? {}).filter(([name]) => !present.has(name));
  const compared = [...[...present].filter((name) => !table.key.includes(name)), ...computed.map(({ name }) => name)];

  const names = (list: string[], prefix = "") => sql.raw(list.map((name) => `${prefix}"${name}"`).join(", "));
  const incoming = sql.join(
    [
      ...[...present].map((name) => sql.raw(`s."${name}"`)),
      ...derived.map(({ name, value }) => sql`${value} as ${sql.raw(`"${name}"`)}`),
      ...filled.map(([name, value]) => sql.raw(`${value} as "${name}"`)),
    ],
    sql`, `,
  );
  const sameKey = sql.join(
    [
      ...table.key.map((name) => sql.raw(`t."${name}" = s."${name}"`)),
      ...fixed.map(({ name, value }) => sql`t.${sql.raw(name)} = ${value}`),
    ],
    sql` and `,
  );
  const byName = present.has("manager_name")
    ? sql.raw(`left join (${managersByName()}) m on m.name = ${foldedName("s.manager_name")}`)
    : sql``;
  const written = [...present, ...derived.map(({ name }) => name), ...filled.map(([name]) => name)];
  const target = sql.raw(table.name);
  const update =
    compared.length === 0
      ? sql`nothing`
      : sql`update set ${sql.raw(compared.map((name) => `"${name}" = excluded."${name}"`).join(", "))}
        where row(${names(compared, `${table.name}.`)}) is distinct from row(${names(compared, "excluded.")})`;
  return sql`
    with incoming as (
      select ${incoming}, t."${sql.raw(table.key[0]!)}" is null as is_new${
        compared.length === 0
          ? sql``
          : sql`, ${sql.raw(compared.map((name) => `t."${name}" as "was ${name}"`).join(", "))}`
      }
      from ${sql.raw(staging)} s
      left join ${target} t on ${sameKey}
      ${byName}
    ), merged as (
      insert into ${target} (${names(written)})
      select ${names(written)} from incoming
      where is_new ${
        compared.length === 0
          ? sql``
          : sql`or row(${names(compared.map((name) => `was ${name}`))}) is distinct from row(${names(compared)})`
      }
      on conflict (${names(keys)}) do ${update}
      returning (xmax = 0) as is_inserted
    )
    select count(*) filter (where is_inserted) as inserted, count(*) filter (where not is_inserted) as changed from merged`;
}

/** The CRM's word meets the CRM's word: what leads answered is lifted for it, and laid again where the CRM said nothing newer. */
async function beneathAnswers(
  tx: TransactionSql,
  merge: () => Promise<Record<string, unknown>[]>,
): Promise<Record<string, unknown>[]> {
  const staged = sql.raw(`a.lead_id in (select id from ${staging})`);
  await run(tx, liftAnswers(staged));
  const counts = await merge();
  for (const step of [endOvertaken(staged, "system:import"), noteEmptied(staged), layAnswers(staged)])
    await run(tx, step);
  return counts;
}

async function run(tx: TransactionSql, statement: SQL): Promise<Record<string, unknown>[]> {
  const { sql: text, params } = dialect.sqlToQuery(statement);
  return tx.unsafe(text, params as never[]);
}
