CREATE TYPE "public"."training_by" AS ENUM('queue', 'here');--> statement-breakpoint
CREATE TABLE "training_log_lines" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"training_id" integer NOT NULL,
	"words" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "by" "training_by" DEFAULT 'queue' NOT NULL;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "failure_words" jsonb;--> statement-breakpoint
ALTER TABLE "trainings" ADD COLUMN "laps" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "training_log_lines" ADD CONSTRAINT "training_log_lines_training_id_trainings_id_fk" FOREIGN KEY ("training_id") REFERENCES "public"."trainings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "training_log_lines_idx" ON "training_log_lines" USING btree ("training_id","id");