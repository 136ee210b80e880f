CREATE TYPE "public"."pilot_answer" AS ENUM('suitable', 'unsuitable', 'unsure');--> statement-breakpoint
CREATE TYPE "public"."pilot_status" AS ENUM('open', 'decided', 'abandoned');--> statement-breakpoint
CREATE TYPE "public"."pilot_stratum" AS ENUM('removed', 'near', 'sampled');--> statement-breakpoint
CREATE TABLE "model_thresholds" (
	"id" serial PRIMARY KEY NOT NULL,
	"model_id" integer NOT NULL,
	"threshold" double precision NOT NULL,
	"basis" jsonb NOT NULL,
	"reviews_sha256" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "model_thresholds_threshold" CHECK ("model_thresholds"."threshold" between 0 and 1)
);
--> statement-breakpoint
CREATE TABLE "pilot_cases" (
	"pilot_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"premises_id" text NOT NULL,
	"position" integer NOT NULL,
	"stratum" "pilot_stratum" NOT NULL,
	"suitability" double precision NOT NULL,
	"facts" jsonb NOT NULL,
	"broken" text[] NOT NULL,
	"closeness" double precision NOT NULL,
	"answer" "pilot_answer",
	"answered_at" timestamp with time zone,
	CONSTRAINT "pilot_cases_pilot_id_place_premises_id_pk" PRIMARY KEY("pilot_id","place","premises_id"),
	CONSTRAINT "pilot_cases_answered" CHECK (("pilot_cases"."answer" is null) = ("pilot_cases"."answered_at" is null))
);
--> statement-breakpoint
CREATE TABLE "pilot_leads" (
	"pilot_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"lead_id" text NOT NULL,
	"as_of" date NOT NULL,
	"manager_id" text,
	"lead_facts" jsonb NOT NULL,
	"card" jsonb NOT NULL,
	"kept" integer NOT NULL,
	"reviewer" text,
	CONSTRAINT "pilot_leads_pilot_id_place_pk" PRIMARY KEY("pilot_id","place")
);
--> statement-breakpoint
CREATE TABLE "pilot_verdicts" (
	"pilot_id" uuid PRIMARY KEY NOT NULL,
	"leads" integer NOT NULL,
	"lossless" integer NOT NULL,
	"low" double precision NOT NULL,
	"high" double precision NOT NULL,
	"passed" boolean NOT NULL,
	"lost" integer NOT NULL,
	"suitable_estimate" double precision NOT NULL,
	"second_passed" boolean NOT NULL,
	"blind" integer NOT NULL,
	"blind_suitable" integer NOT NULL,
	"unsure" integer NOT NULL,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pilots" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"status" "pilot_status" DEFAULT 'open' NOT NULL,
	"week_on" date NOT NULL,
	"model_id" integer NOT NULL,
	"seed" integer NOT NULL,
	"pool" text[] NOT NULL,
	"threshold" double precision NOT NULL,
	"threshold_basis" jsonb NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"abandon_reason" text,
	"ended_by" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "pilots_monday" CHECK (extract(isodow from "pilots"."week_on") = 1),
	CONSTRAINT "pilots_ended" CHECK (("pilots"."status" = 'open') = ("pilots"."ended_at" is null)),
	CONSTRAINT "pilots_abandoned" CHECK (("pilots"."status" = 'abandoned') = ("pilots"."abandon_reason" is not null))
);
--> statement-breakpoint
ALTER TABLE "model_thresholds" ADD CONSTRAINT "model_thresholds_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pilot_cases" ADD CONSTRAINT "pilot_cases_premises_id_premises_id_fk" FOREIGN KEY ("premises_id") REFERENCES "public"."premises"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pilot_cases" ADD CONSTRAINT "pilot_cases_lead_fk" FOREIGN KEY ("pilot_id","place") REFERENCES "public"."pilot_leads"("pilot_id","place") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pilot_leads" ADD CONSTRAINT "pilot_leads_pilot_id_pilots_id_fk" FOREIGN KEY ("pilot_id") REFERENCES "public"."pilots"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pilot_leads" ADD CONSTRAINT "pilot_leads_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pilot_leads" ADD CONSTRAINT "pilot_leads_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pilot_verdicts" ADD CONSTRAINT "pilot_verdicts_pilot_id_pilots_id_fk" FOREIGN KEY ("pilot_id") REFERENCES "public"."pilots"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pilots" ADD CONSTRAINT "pilots_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_thresholds_model_idx" ON "model_thresholds" USING btree ("model_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "pilot_leads_lead_idx" ON "pilot_leads" USING btree ("lead_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pilots_week_model_idx" ON "pilots" USING btree ("week_on","model_id");--> statement-breakpoint
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE FUNCTION "keep_pilot"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.status <> 'open' OR NEW.status = 'open' OR ROW(NEW.id, NEW.week_on, NEW.model_id, NEW.seed, NEW.pool, NEW.threshold,
		NEW.threshold_basis, NEW.opened_by, NEW.opened_at) IS DISTINCT FROM ROW(OLD.id, OLD.week_on, OLD.model_id, OLD.seed,
		OLD.pool, OLD.threshold, OLD.threshold_basis, OLD.opened_by, OLD.opened_at) THEN
		RAISE EXCEPTION 'a pilot is only ever ended, once' USING ERRCODE = 'restrict_violation';
	END IF;
	IF NEW.status = 'decided' AND NOT EXISTS (SELECT FROM pilot_verdicts WHERE pilot_id = NEW.id) THEN
		RAISE EXCEPTION 'a decided pilot has a verdict' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE FUNCTION "keep_pilot_lead"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	-- The lock makes an answer wait for a verdict that is being given, and then be refused.
	PERFORM FROM pilots WHERE id = NEW.pilot_id AND status = 'open' FOR SHARE;
	IF NOT FOUND OR (TG_OP = 'UPDATE' AND (OLD.reviewer IS NOT NULL OR (to_jsonb(NEW) - 'reviewer') <> (to_jsonb(OLD) - 'reviewer'))) THEN
		RAISE EXCEPTION 'what was drawn for a pilot never changes' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE FUNCTION "keep_pilot_case"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM FROM pilots WHERE id = NEW.pilot_id AND status = 'open' FOR SHARE;
	IF NOT FOUND OR (TG_OP = 'UPDATE' AND (to_jsonb(NEW) - 'answer' - 'answered_at') <> (to_jsonb(OLD) - 'answer' - 'answered_at')) THEN
		RAISE EXCEPTION 'what was drawn for a pilot never changes, and its answers not after its end' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE FUNCTION "prove_pilot_verdict"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM FROM pilots WHERE id = NEW.pilot_id AND status = 'open' FOR UPDATE;
	IF NOT FOUND OR EXISTS (SELECT FROM pilot_cases WHERE pilot_id = NEW.pilot_id AND answer IS NULL) THEN
		RAISE EXCEPTION 'a verdict needs an open pilot and an answer to each of its cases' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "pilots_keep" BEFORE UPDATE ON "pilots" FOR EACH ROW EXECUTE FUNCTION "keep_pilot"();--> statement-breakpoint
CREATE TRIGGER "pilots_no_delete" BEFORE DELETE ON "pilots" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "pilot_leads_keep" BEFORE INSERT OR UPDATE ON "pilot_leads" FOR EACH ROW EXECUTE FUNCTION "keep_pilot_lead"();--> statement-breakpoint
CREATE TRIGGER "pilot_leads_no_delete" BEFORE DELETE ON "pilot_leads" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "pilot_cases_keep" BEFORE INSERT OR UPDATE ON "pilot_cases" FOR EACH ROW EXECUTE FUNCTION "keep_pilot_case"();--> statement-breakpoint
CREATE TRIGGER "pilot_cases_no_delete" BEFORE DELETE ON "pilot_cases" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "pilot_verdicts_prove" BEFORE INSERT ON "pilot_verdicts" FOR EACH ROW EXECUTE FUNCTION "prove_pilot_verdict"();--> statement-breakpoint
CREATE TRIGGER "pilot_verdicts_keep" BEFORE UPDATE OR DELETE ON "pilot_verdicts" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "model_thresholds_keep" BEFORE UPDATE OR DELETE ON "model_thresholds" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
