CREATE TABLE "fillings" (
	"id" serial PRIMARY KEY NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	"failure" text,
	"as_of" date,
	"model_id" integer,
	"seed" integer NOT NULL,
	"premises" integer,
	"worths" jsonb
);
--> statement-breakpoint
ALTER TABLE "fillings" ADD CONSTRAINT "fillings_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fillings_requested_idx" ON "fillings" USING btree ("requested_at");