CREATE TABLE "proposal_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"proposal_id" uuid NOT NULL,
	"token_sha256" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"views" integer DEFAULT 0 NOT NULL,
	"last_viewed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "proposal_numbers" (
	"year" smallint PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposal_offers" (
	"proposal_id" uuid NOT NULL,
	"premises_id" text NOT NULL,
	"lead_id" text NOT NULL,
	"manager_id" text,
	"sent_on" date NOT NULL,
	"place" smallint NOT NULL,
	"rent_rub_month" double precision,
	"run_id" uuid,
	"model_id" integer,
	CONSTRAINT "proposal_offers_proposal_id_premises_id_pk" PRIMARY KEY("proposal_id","premises_id"),
	CONSTRAINT "proposal_offers_rent_rub_month" CHECK ("proposal_offers"."rent_rub_month" > 0 and "proposal_offers"."rent_rub_month" < 1000000000)
);
--> statement-breakpoint
CREATE TABLE "proposal_picks" (
	"proposal_id" uuid NOT NULL,
	"premises_id" text NOT NULL,
	"run_id" uuid,
	"model_id" integer,
	"as_of" date NOT NULL,
	"asking_rub_month" double precision,
	"facts" jsonb NOT NULL,
	"reasons" jsonb NOT NULL,
	"guide" jsonb NOT NULL,
	CONSTRAINT "proposal_picks_proposal_id_premises_id_pk" PRIMARY KEY("proposal_id","premises_id")
);
--> statement-breakpoint
CREATE TABLE "proposal_revisions" (
	"proposal_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proposal_revisions_proposal_id_revision_pk" PRIMARY KEY("proposal_id","revision")
);
--> statement-breakpoint
CREATE TABLE "proposal_sendings" (
	"proposal_id" uuid PRIMARY KEY NOT NULL,
	"year" smallint NOT NULL,
	"number" integer NOT NULL,
	"revision" integer NOT NULL,
	"firm" jsonb NOT NULL,
	"client" text,
	"sent_on" date NOT NULL,
	"sent_by" text NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposal_withdrawals" (
	"proposal_id" uuid PRIMARY KEY NOT NULL,
	"withdrawn_on" date NOT NULL,
	"withdrawn_by" text NOT NULL,
	"withdrawn_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"lead_id" text NOT NULL,
	"manager_id" text,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "proposal_links" ADD CONSTRAINT "proposal_links_proposal_id_proposal_sendings_proposal_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposal_sendings"("proposal_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_offers" ADD CONSTRAINT "proposal_offers_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_offers" ADD CONSTRAINT "proposal_offers_premises_id_premises_id_fk" FOREIGN KEY ("premises_id") REFERENCES "public"."premises"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_offers" ADD CONSTRAINT "proposal_offers_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_offers" ADD CONSTRAINT "proposal_offers_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_offers" ADD CONSTRAINT "proposal_offers_run_id_match_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."match_runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_offers" ADD CONSTRAINT "proposal_offers_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_picks" ADD CONSTRAINT "proposal_picks_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_picks" ADD CONSTRAINT "proposal_picks_premises_id_premises_id_fk" FOREIGN KEY ("premises_id") REFERENCES "public"."premises"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_picks" ADD CONSTRAINT "proposal_picks_run_id_match_runs_id_fk" FOREIGN KEY ("run_id") REFERENCES "public"."match_runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_picks" ADD CONSTRAINT "proposal_picks_model_id_models_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."models"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_revisions" ADD CONSTRAINT "proposal_revisions_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_sendings" ADD CONSTRAINT "proposal_sendings_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_withdrawals" ADD CONSTRAINT "proposal_withdrawals_sending_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposal_sendings"("proposal_id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_manager_id_managers_id_fk" FOREIGN KEY ("manager_id") REFERENCES "public"."managers"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "proposal_links_token_idx" ON "proposal_links" USING btree ("token_sha256");--> statement-breakpoint
CREATE INDEX "proposal_links_proposal_idx" ON "proposal_links" USING btree ("proposal_id","created_at");--> statement-breakpoint
CREATE INDEX "proposal_offers_pair_idx" ON "proposal_offers" USING btree ("lead_id","premises_id","sent_on");--> statement-breakpoint
CREATE INDEX "proposal_offers_premises_idx" ON "proposal_offers" USING btree ("premises_id");--> statement-breakpoint
CREATE UNIQUE INDEX "proposal_sendings_number_idx" ON "proposal_sendings" USING btree ("year","number");--> statement-breakpoint
CREATE INDEX "proposals_lead_idx" ON "proposals" USING btree ("lead_id","created_at");--> statement-breakpoint
CREATE INDEX "proposals_manager_idx" ON "proposals" USING btree ("manager_id","created_at");