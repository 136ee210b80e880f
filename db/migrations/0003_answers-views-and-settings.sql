CREATE TYPE "public"."answer_end" AS ENUM('withdrawn', 'overtaken');--> statement-breakpoint
CREATE TYPE "public"."lead_field" AS ENUM('brand', 'trades', 'network_size', 'area', 'budget', 'bank', 'districts');--> statement-breakpoint
CREATE TABLE "lead_answer_ends" (
	"answer_id" uuid PRIMARY KEY NOT NULL,
	"why" "answer_end" NOT NULL,
	"ended_by" text NOT NULL,
	"ended_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lead_answers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" text NOT NULL,
	"field" "lead_field" NOT NULL,
	"value" jsonb NOT NULL,
	"crm_value" jsonb NOT NULL,
	"given_by" text NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_views" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" integer NOT NULL,
	"name" text NOT NULL,
	"filters" jsonb NOT NULL,
	"is_start" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "looked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "fill" smallint GENERATED ALWAYS AS (case (area_from_sqm is not null or area_to_sqm is not null)::int + (budget_rub_month is not null)::int + (bank is not null)::int + (cardinality(districts) > 0)::int + (cardinality(trades) > 0)::int when 0 then 0 when 5 then 2 else 1 end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "tour_ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "lead_answer_ends" ADD CONSTRAINT "lead_answer_ends_answer_id_lead_answers_id_fk" FOREIGN KEY ("answer_id") REFERENCES "public"."lead_answers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lead_answers" ADD CONSTRAINT "lead_answers_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_views" ADD CONSTRAINT "saved_views_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lead_answers_lead_idx" ON "lead_answers" USING btree ("lead_id","field","given_at");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_name_idx" ON "saved_views" USING btree ("user_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "saved_views_start_idx" ON "saved_views" USING btree ("user_id") WHERE "saved_views"."is_start";--> statement-breakpoint
CREATE INDEX "leads_fill_created_idx" ON "leads" USING btree ("fill","created_on" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "leads_unseen_idx" ON "leads" USING btree ("created_on" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "leads"."looked_at" is null;