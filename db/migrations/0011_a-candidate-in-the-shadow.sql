CREATE TYPE "public"."shadow_ending" AS ENUM('stopped', 'promoted', 'active_changed');--> statement-breakpoint
CREATE TYPE "public"."shadow_outcome" AS ENUM('scored', 'failed', 'queue_full', 'outdated', 'other_model');--> statement-breakpoint
CREATE TABLE "shadow_runs" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"shadow_id" integer NOT NULL,
	"run_id" uuid,
	"lead_id" text,
	"asked_at" timestamp with time zone NOT NULL,
	"outcome" "shadow_outcome" NOT NULL,
	"trades" text[] NOT NULL,
	"bank" "bank_wish",
	"kept_by_active" integer,
	"kept_by_candidate" integer,
	"restored" integer,
	"removed" integer,
	"active_threshold" double precision,
	"candidate_threshold" double precision,
	"premises_ids" text[] DEFAULT '{}' NOT NULL,
	"active_suitabilities" double precision[] DEFAULT '{}' NOT NULL,
	"candidate_suitabilities" double precision[] DEFAULT '{}' NOT NULL,
	"duration_ms" double precision,
	"failure" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "shadow_runs_scored" CHECK (("shadow_runs"."outcome" = 'scored') = (num_nulls("shadow_runs"."kept_by_active", "shadow_runs"."kept_by_candidate", "shadow_runs"."restored", "shadow_runs"."removed", "shadow_runs"."active_threshold", "shadow_runs"."candidate_threshold", "shadow_runs"."duration_ms") = 0)),
	CONSTRAINT "shadow_runs_failed" CHECK (("shadow_runs"."outcome" = 'failed') = ("shadow_runs"."failure" is not null)),
	CONSTRAINT "shadow_runs_parallel" CHECK (cardinality("shadow_runs"."premises_ids") = cardinality("shadow_runs"."active_suitabilities") and cardinality("shadow_runs"."premises_ids") = cardinality("shadow_runs"."candidate_suitabilities"))
);
--> statement-breakpoint
CREATE TABLE "shadows" (
	"id" serial PRIMARY KEY NOT NULL,
	"model_id" integer NOT NULL,
	"against_model_id" integer NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ending" "shadow_ending",
	"ended_by" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "shadows_ended" CHECK (("shadows"."ended_at" is null) = ("shadows"."ending" is null) and ("shadows"."ending" is null) = ("shadows"."ended_by" is null)),
	CONSTRAINT "shadows_two_models" CHECK ("shadows"."model_id" <> "shadows"."against_model_id")
);
--> statement-breakpoint
ALTER TABLE "shadow_runs" ADD CONSTRAINT "shadow_runs_shadow_id_shadows_id_fk" FOREIGN KEY ("shadow_id") REFERENCES "public"."shadows"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadow_runs" ADD CONSTRAINT "shadow_runs_run_id_match_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."match_runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadow_runs" ADD CONSTRAINT "shadow_runs_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadows" ADD CONSTRAINT "shadows_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "shadows" ADD CONSTRAINT "shadows_against_model_id_models_id_fk" FOREIGN KEY ("against_model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "shadow_runs_once_idx" ON "shadow_runs" USING btree ("shadow_id","run_id");--> statement-breakpoint
CREATE INDEX "shadow_runs_asked_idx" ON "shadow_runs" USING btree ("shadow_id","asked_at");--> statement-breakpoint
CREATE INDEX "shadow_runs_run_idx" ON "shadow_runs" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "shadow_runs_lead_idx" ON "shadow_runs" USING btree ("lead_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shadows_one_at_a_time_idx" ON "shadows" USING btree ((true)) WHERE "shadows"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "shadows_model_idx" ON "shadows" USING btree ("model_id","id");--> statement-breakpoint
CREATE INDEX "marks_run_idx" ON "marks" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "proposal_offers_run_idx" ON "proposal_offers" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "proposal_picks_run_idx" ON "proposal_picks" USING btree ("run_id");