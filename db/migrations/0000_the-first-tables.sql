CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
CREATE TYPE "public"."deal_stage" AS ENUM('won', 'lost', 'open');--> statement-breakpoint
CREATE TYPE "public"."lease_status" AS ENUM('active', 'ended');--> statement-breakpoint
CREATE TYPE "public"."bank" AS ENUM('left', 'right');--> statement-breakpoint
CREATE TYPE "public"."import_status" AS ENUM('running', 'done', 'failed');--> statement-breakpoint
CREATE TYPE "public"."refusal_severity" AS ENUM('file', 'row', 'value');--> statement-breakpoint
CREATE TYPE "public"."bank_wish" AS ENUM('left', 'right', 'any');--> statement-breakpoint
CREATE TYPE "public"."network_size" AS ENUM('one', 'few', 'many', 'chain');--> statement-breakpoint
CREATE TYPE "public"."mark_kind" AS ENUM('wrongly_removed', 'wrongly_kept');--> statement-breakpoint
CREATE TYPE "public"."mark_reason" AS ENUM('area', 'price', 'place', 'condition', 'neighbours', 'other');--> statement-breakpoint
CREATE TYPE "public"."model_status" AS ENUM('candidate', 'active', 'retired');--> statement-breakpoint
CREATE TYPE "public"."promotion_kind" AS ENUM('promote', 'rollback');--> statement-breakpoint
CREATE TYPE "public"."training_status" AS ENUM('queued', 'running', 'done', 'failed', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."fit_out" AS ENUM('shell', 'prefinished', 'finished');--> statement-breakpoint
CREATE TYPE "public"."premises_status" AS ENUM('let', 'free');--> statement-breakpoint
CREATE TYPE "public"."sewerage" AS ENUM('none', 'temporary', 'mains');--> statement-breakpoint
CREATE TYPE "public"."vacancy_source" AS ENUM('export', 'leases');--> statement-breakpoint
CREATE TYPE "public"."role" AS ENUM('manager', 'owner', 'admin');--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"detail" jsonb DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deals" (
	"id" text PRIMARY KEY NOT NULL,
	"lead_id" text,
	"premises_id" text,
	"manager_name" text,
	"manager_id" text,
	"created_on" date NOT NULL,
	"closed_on" date,
	"stage" "deal_stage" NOT NULL,
	"amount_rub" double precision,
	"refusal_reason" text,
	CONSTRAINT "deals_amount_rub" CHECK ("deals"."amount_rub" >= 0 and "deals"."amount_rub" < 10000000000)
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"id" text PRIMARY KEY NOT NULL,
	"tenant" text,
	"lead_id" text,
	"premises_id" text NOT NULL,
	"start_on" date NOT NULL,
	"end_on" date,
	"rent_rub_month" double precision,
	"status" "lease_status",
	CONSTRAINT "leases_span" CHECK ("leases"."end_on" is null or "leases"."end_on" >= "leases"."start_on"),
	CONSTRAINT "leases_rent_rub_month" CHECK ("leases"."rent_rub_month" > 0 and "leases"."rent_rub_month" < 1000000000)
);
--> statement-breakpoint
CREATE TABLE "districts" (
	"name" text PRIMARY KEY NOT NULL,
	"bank" "bank",
	"x_km" double precision,
	"y_km" double precision,
	CONSTRAINT "districts_x_km" CHECK ("districts"."x_km" between -1000 and 1000),
	CONSTRAINT "districts_y_km" CHECK ("districts"."y_km" between -1000 and 1000)
);
--> statement-breakpoint
CREATE TABLE "import_refusals" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"import_run_id" bigint NOT NULL,
	"file" text NOT NULL,
	"severity" "refusal_severity" NOT NULL,
	"line" integer NOT NULL,
	"column" text,
	"value" text,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_runs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"status" "import_status" NOT NULL,
	"dry_run" boolean DEFAULT false NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"files" jsonb DEFAULT '[]' NOT NULL,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "market_state" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"version" bigint DEFAULT 0 NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"is_demo" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "leads" (
	"id" text PRIMARY KEY NOT NULL,
	"created_on" date NOT NULL,
	"source" text,
	"manager_name" text,
	"manager_id" text,
	"brand" text,
	"phone" text,
	"trades" text[] DEFAULT '{}' NOT NULL,
	"network_size" "network_size",
	"area_from_sqm" double precision,
	"area_to_sqm" double precision,
	"budget_rub_month" double precision,
	"bank" "bank_wish",
	"districts" text[] DEFAULT '{}' NOT NULL,
	"search_text" text NOT NULL,
	CONSTRAINT "leads_area_from_sqm" CHECK ("leads"."area_from_sqm" > 0 and "leads"."area_from_sqm" < 1000000),
	CONSTRAINT "leads_area_to_sqm" CHECK ("leads"."area_to_sqm" > 0 and "leads"."area_to_sqm" < 1000000),
	CONSTRAINT "leads_budget_rub_month" CHECK ("leads"."budget_rub_month" > 0 and "leads"."budget_rub_month" < 1000000000)
);
--> statement-breakpoint
CREATE TABLE "managers" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"hired_on" date,
	"dismissed_on" date
);
--> statement-breakpoint
CREATE TABLE "idempotency_keys" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"actor" text NOT NULL,
	"verb" text NOT NULL,
	"key" text NOT NULL,
	"request_sha256" text NOT NULL,
	"answer" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mark_withdrawals" (
	"mark_id" uuid PRIMARY KEY NOT NULL,
	"withdrawn_by" text NOT NULL,
	"withdrawn_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "marks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" text NOT NULL,
	"premises_id" text NOT NULL,
	"manager_id" text NOT NULL,
	"mark" "mark_kind" NOT NULL,
	"reason" "mark_reason",
	"note" text,
	"run_id" uuid,
	"model_id" integer,
	"suitability" double precision,
	"threshold" double precision,
	"as_of" date NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "match_runs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" text,
	"lead_facts" jsonb NOT NULL,
	"manager_id" text,
	"model_id" integer,
	"market_version" integer NOT NULL,
	"as_of" date NOT NULL,
	"threshold" double precision NOT NULL,
	"premises_ids" text[] NOT NULL,
	"suitabilities" double precision[] NOT NULL,
	"probabilities" double precision[] NOT NULL,
	"kept" boolean[] NOT NULL,
	"features_sha256" text NOT NULL,
	"duration_ms" double precision NOT NULL,
	"requested_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "match_runs_parallel" CHECK (cardinality("match_runs"."premises_ids") = cardinality("match_runs"."suitabilities") and cardinality("match_runs"."premises_ids") = cardinality("match_runs"."probabilities") and cardinality("match_runs"."premises_ids") = cardinality("match_runs"."kept"))
);
--> statement-breakpoint
CREATE TABLE "model_aliases" (
	"name" text PRIMARY KEY NOT NULL,
	"model_id" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "model_promotions" (
	"id" serial PRIMARY KEY NOT NULL,
	"kind" "promotion_kind" NOT NULL,
	"from_model_id" integer,
	"to_model_id" integer NOT NULL,
	"alias_version" integer NOT NULL,
	"override_reason" text,
	"by" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "models" (
	"id" serial PRIMARY KEY NOT NULL,
	"status" "model_status" NOT NULL,
	"training_id" integer,
	"artifact_sha256" text NOT NULL,
	"artifact_bytes" integer NOT NULL,
	"feature_set_id" text NOT NULL,
	"as_of" date NOT NULL,
	"threshold" double precision NOT NULL,
	"threshold_basis" jsonb NOT NULL,
	"snapshot" jsonb NOT NULL,
	"parameters" jsonb NOT NULL,
	"report" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	CONSTRAINT "models_threshold" CHECK ("models"."threshold" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "trainings" (
	"id" serial PRIMARY KEY NOT NULL,
	"status" "training_status" NOT NULL,
	"requested_by" text NOT NULL,
	"as_of" date,
	"stage" text,
	"percent" double precision DEFAULT 0 NOT NULL,
	"failure" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"heartbeat_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "trainings_percent" CHECK ("trainings"."percent" between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "free_snapshots" (
	"day" date NOT NULL,
	"premises_id" text NOT NULL,
	"rent_rub_month" double precision,
	CONSTRAINT "free_snapshots_day_premises_id_pk" PRIMARY KEY("day","premises_id")
);
--> statement-breakpoint
CREATE TABLE "premises" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"address" text,
	"district" text,
	"bank" "bank",
	"section" text,
	"area_sqm" double precision,
	"rent_rub_month" double precision,
	"floor" smallint,
	"fit_out" "fit_out",
	"built_year" smallint,
	"managed" boolean,
	"water" boolean,
	"sewerage" "sewerage",
	"documents" boolean,
	"status" "premises_status",
	CONSTRAINT "premises_area_sqm" CHECK ("premises"."area_sqm" > 0 and "premises"."area_sqm" < 1000000),
	CONSTRAINT "premises_rent_rub_month" CHECK ("premises"."rent_rub_month" > 0 and "premises"."rent_rub_month" < 1000000000),
	CONSTRAINT "premises_built_year" CHECK ("premises"."built_year" between 1800 and 2100),
	CONSTRAINT "premises_floor" CHECK ("premises"."floor" between -5 and 100)
);
--> statement-breakpoint
CREATE TABLE "vacancies" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"premises_id" text NOT NULL,
	"from_on" date NOT NULL,
	"to_on" date,
	"rent_rub_month" double precision,
	"source" "vacancy_source" NOT NULL,
	CONSTRAINT "vacancies_span" CHECK ("vacancies"."to_on" is null or "vacancies"."to_on" >= "vacancies"."from_on"),
	CONSTRAINT "vacancies_rent_rub_month" CHECK ("vacancies"."rent_rub_month" > 0 and "vacancies"."rent_rub_month" < 1000000000)
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" serial PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"secret_sha256" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"expire" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" serial PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" "role" NOT NULL,
	"manager_id" text,
	"password_hash" text NOT NULL,
	"session_version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "deals" ADD CONSTRAINT "deals_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_refusals" ADD CONSTRAINT "import_refusals_import_run_id_import_runs_id_fk" FOREIGN KEY ("import_run_id") REFERENCES "public"."import_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "leads" ADD CONSTRAINT "leads_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mark_withdrawals" ADD CONSTRAINT "mark_withdrawals_mark_id_marks_id_fk" FOREIGN KEY ("mark_id") REFERENCES "public"."marks"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_premises_id_premises_id_fk" FOREIGN KEY ("premises_id") REFERENCES "public"."premises"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_run_id_match_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."match_runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "marks" ADD CONSTRAINT "marks_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_runs" ADD CONSTRAINT "match_runs_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_runs" ADD CONSTRAINT "match_runs_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "match_runs" ADD CONSTRAINT "match_runs_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_aliases" ADD CONSTRAINT "model_aliases_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_promotions" ADD CONSTRAINT "model_promotions_from_model_id_models_id_fk" FOREIGN KEY ("from_model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_promotions" ADD CONSTRAINT "model_promotions_to_model_id_models_id_fk" FOREIGN KEY ("to_model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "models" ADD CONSTRAINT "models_training_id_trainings_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."trainings"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "free_snapshots" ADD CONSTRAINT "free_snapshots_premises_id_premises_id_fk" FOREIGN KEY ("premises_id") REFERENCES "public"."premises"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_at_idx" ON "audit_log" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_log_subject_idx" ON "audit_log" USING btree ("subject","at");--> statement-breakpoint
CREATE INDEX "deals_lead_idx" ON "deals" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "deals_premises_idx" ON "deals" USING btree ("premises_id");--> statement-breakpoint
CREATE INDEX "deals_manager_created_idx" ON "deals" USING btree ("manager_id","created_on");--> statement-breakpoint
CREATE INDEX "leases_lead_idx" ON "leases" USING btree ("lead_id");--> statement-breakpoint
CREATE INDEX "leases_premises_start_idx" ON "leases" USING btree ("premises_id","start_on");--> statement-breakpoint
CREATE INDEX "import_refusals_run_idx" ON "import_refusals" USING btree ("import_run_id","id");--> statement-breakpoint
CREATE INDEX "leads_search_idx" ON "leads" USING gin ("search_text" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "leads_manager_created_idx" ON "leads" USING btree ("manager_id","created_on" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "leads_created_idx" ON "leads" USING btree ("created_on" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "leads_unlinked_manager_idx" ON "leads" USING btree (lower("manager_name")) WHERE "leads"."manager_id" is null and "leads"."manager_name" is not null;--> statement-breakpoint
CREATE INDEX "managers_name_idx" ON "managers" USING btree (lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "idempotency_keys_idx" ON "idempotency_keys" USING btree ("actor","verb","key");--> statement-breakpoint
CREATE INDEX "marks_manager_idx" ON "marks" USING btree ("manager_id","created_at");--> statement-breakpoint
CREATE INDEX "marks_lead_idx" ON "marks" USING btree ("lead_id","manager_id");--> statement-breakpoint
CREATE INDEX "marks_premises_idx" ON "marks" USING btree ("premises_id");--> statement-breakpoint
CREATE INDEX "match_runs_lead_idx" ON "match_runs" USING btree ("lead_id","created_at");--> statement-breakpoint
CREATE INDEX "match_runs_created_idx" ON "match_runs" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "model_promotions_version_idx" ON "model_promotions" USING btree ("alias_version");--> statement-breakpoint
CREATE INDEX "models_created_idx" ON "models" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "trainings_one_at_a_time_idx" ON "trainings" USING btree ((true)) WHERE "trainings"."status" in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "premises_section_idx" ON "premises" USING btree ("section");--> statement-breakpoint
CREATE INDEX "premises_district_idx" ON "premises" USING btree ("district");--> statement-breakpoint
CREATE UNIQUE INDEX "vacancies_premises_from_idx" ON "vacancies" USING btree ("premises_id","from_on","source");--> statement-breakpoint
CREATE INDEX "vacancies_open_idx" ON "vacancies" USING btree ("premises_id") WHERE "vacancies"."to_on" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_secret_idx" ON "api_keys" USING btree ("secret_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_idx" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "users_manager_idx" ON "users" USING btree ("manager_id");--> statement-breakpoint
INSERT INTO "market_state" ("id") VALUES (1);
