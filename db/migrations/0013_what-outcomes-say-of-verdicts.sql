CREATE TYPE "public"."outcome_basis" AS ENUM('run', 'replay', 'none');--> statement-breakpoint
CREATE TYPE "public"."outcome_kind" AS ENUM('deal', 'lease');--> statement-breakpoint
CREATE TABLE "drift_checks" (
	"id" serial PRIMARY KEY NOT NULL,
	"model_id" integer NOT NULL,
	"reference_from_on" date NOT NULL,
	"reference_to_on" date NOT NULL,
	"recent_from_on" date NOT NULL,
	"recent_to_on" date NOT NULL,
	"fields" jsonb NOT NULL,
	"crossed" integer NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outcome_verdicts" (
	"kind" "outcome_kind" NOT NULL,
	"outcome_id" text NOT NULL,
	"lead_id" text NOT NULL,
	"premises_id" text NOT NULL,
	"happened_on" date NOT NULL,
	"basis" "outcome_basis" NOT NULL,
	"run_id" uuid,
	"model_id" integer,
	"as_of" date,
	"suitability" double precision,
	"probability" double precision,
	"threshold" double precision,
	"kept" boolean,
	"judged_at" timestamp with time zone NOT NULL,
	CONSTRAINT "outcome_verdicts_kind_outcome_id_pk" PRIMARY KEY("kind","outcome_id"),
	CONSTRAINT "outcome_verdicts_judged" CHECK (("outcome_verdicts"."basis" = 'none') = ("outcome_verdicts"."kept" is null))
);
--> statement-breakpoint
ALTER TABLE "match_runs" ADD COLUMN "candidates" integer GENERATED ALWAYS AS (cardinality(premises_ids)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "match_runs" ADD COLUMN "kept_count" integer GENERATED ALWAYS AS (cardinality(array_positions(kept, true))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "match_runs" ADD COLUMN "removed_for" jsonb;--> statement-breakpoint
ALTER TABLE "drift_checks" ADD CONSTRAINT "drift_checks_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcome_verdicts" ADD CONSTRAINT "outcome_verdicts_run_id_match_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."match_runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outcome_verdicts" ADD CONSTRAINT "outcome_verdicts_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "drift_checks_at_idx" ON "drift_checks" USING btree ("at");--> statement-breakpoint
CREATE INDEX "outcome_verdicts_day_idx" ON "outcome_verdicts" USING btree ("happened_on");--> statement-breakpoint
CREATE INDEX "outcome_verdicts_run_idx" ON "outcome_verdicts" USING btree ("run_id");--> statement-breakpoint
CREATE INDEX "marks_created_idx" ON "marks" USING btree ("created_at");