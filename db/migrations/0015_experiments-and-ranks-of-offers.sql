CREATE TYPE "public"."experiment_arm" AS ENUM('model', 'rules');--> statement-breakpoint
CREATE TYPE "public"."experiment_outcome" AS ENUM('deal', 'tenant');--> statement-breakpoint
CREATE TABLE "experiment_leads" (
	"experiment_id" integer NOT NULL,
	"lead_id" text NOT NULL,
	"stratum" text NOT NULL,
	"place" integer NOT NULL,
	"arm" "experiment_arm" NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	CONSTRAINT "experiment_leads_experiment_id_lead_id_pk" PRIMARY KEY("experiment_id","lead_id")
);
--> statement-breakpoint
CREATE TABLE "experiments" (
	"id" serial PRIMARY KEY NOT NULL,
	"seed" integer NOT NULL,
	"outcome" "experiment_outcome" NOT NULL,
	"base_share" double precision NOT NULL,
	"minimal_effect" double precision NOT NULL,
	"alpha" double precision NOT NULL,
	"power" double precision NOT NULL,
	"leads_per_arm" integer NOT NULL,
	"weeks_max" smallint NOT NULL,
	"outcome_days" smallint NOT NULL,
	"started_on" date NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by" text NOT NULL,
	"stopped_on" date,
	"stopped_at" timestamp with time zone,
	"stopped_by" text,
	"stop_reason" text,
	CONSTRAINT "experiments_base_share" CHECK ("experiments"."base_share" > 0 and "experiments"."base_share" < 1),
	CONSTRAINT "experiments_minimal_effect" CHECK ("experiments"."minimal_effect" > 0 and "experiments"."base_share" + "experiments"."minimal_effect" < 1),
	CONSTRAINT "experiments_alpha" CHECK ("experiments"."alpha" > 0 and "experiments"."alpha" < 0.5),
	CONSTRAINT "experiments_power" CHECK ("experiments"."power" > 0.5 and "experiments"."power" < 1),
	CONSTRAINT "experiments_bounds" CHECK ("experiments"."leads_per_arm" > 0 and "experiments"."weeks_max" > 0 and "experiments"."outcome_days" > 0),
	CONSTRAINT "experiments_stopped" CHECK (("experiments"."stopped_at" is null) = ("experiments"."stopped_on" is null) and ("experiments"."stopped_at" is null) = ("experiments"."stopped_by" is null) and ("experiments"."stopped_at" is null) = ("experiments"."stop_reason" is null))
);
--> statement-breakpoint
ALTER TABLE "proposal_offers" ADD COLUMN "rank" integer;--> statement-breakpoint
ALTER TABLE "experiment_leads" ADD CONSTRAINT "experiment_leads_experiment_id_experiments_id_fk" FOREIGN KEY ("experiment_id") REFERENCES "public"."experiments"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "experiment_leads" ADD CONSTRAINT "experiment_leads_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "experiment_leads_place_idx" ON "experiment_leads" USING btree ("experiment_id","stratum","place");--> statement-breakpoint
CREATE INDEX "experiment_leads_lead_idx" ON "experiment_leads" USING btree ("lead_id");--> statement-breakpoint
CREATE UNIQUE INDEX "experiments_one_at_a_time_idx" ON "experiments" USING btree ((true)) WHERE "experiments"."stopped_at" is null;--> statement-breakpoint
CREATE INDEX "proposal_offers_manager_sent_idx" ON "proposal_offers" USING btree ("manager_id","sent_on");--> statement-breakpoint
ALTER TABLE "proposal_offers" ADD CONSTRAINT "proposal_offers_rank" CHECK ("proposal_offers"."rank" > 0);--> statement-breakpoint
CREATE FUNCTION "keep_experiment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF OLD.stopped_at IS NOT NULL OR (to_jsonb(NEW) - '{stopped_on,stopped_at,stopped_by,stop_reason}'::text[])
		<> (to_jsonb(OLD) - '{stopped_on,stopped_at,stopped_by,stop_reason}'::text[]) THEN
		RAISE EXCEPTION 'an experiment is only ever stopped, once' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE FUNCTION "draw_into_running_experiment"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	-- The lock makes a draw wait for a stop that is under way, and then be refused.
	PERFORM FROM experiments WHERE id = NEW.experiment_id AND stopped_at IS NULL FOR SHARE;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'nobody is drawn into an experiment that was stopped' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER "experiments_keep" BEFORE UPDATE ON "experiments" FOR EACH ROW EXECUTE FUNCTION "keep_experiment"();--> statement-breakpoint
CREATE TRIGGER "experiments_no_delete" BEFORE DELETE ON "experiments" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "experiments_no_truncate" BEFORE TRUNCATE ON "experiments" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "experiment_leads_draw" BEFORE INSERT ON "experiment_leads" FOR EACH ROW EXECUTE FUNCTION "draw_into_running_experiment"();--> statement-breakpoint
CREATE TRIGGER "experiment_leads_keep" BEFORE UPDATE OR DELETE ON "experiment_leads" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "experiment_leads_no_truncate" BEFORE TRUNCATE ON "experiment_leads" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
--> statement-breakpoint
UPDATE "proposal_offers" o SET "rank" = array_position(r.premises_ids, o.premises_id)
FROM "match_runs" r WHERE r.id = o.run_id AND r.kept[array_position(r.premises_ids, o.premises_id)];
