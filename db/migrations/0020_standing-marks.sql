CREATE TABLE "standing_marks" (
	"lead_id" text NOT NULL,
	"premises_id" text NOT NULL,
	"marked_by" text NOT NULL,
	"mark_id" uuid NOT NULL,
	"mark" "mark_kind" NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"marked_on" date NOT NULL,
	"as_of" date NOT NULL,
	"model_id" integer,
	"suitability" double precision,
	"threshold" double precision,
	"board_kept" integer,
	"manager_id" text,
	"bank" "bank_wish",
	"trades" text[] NOT NULL,
	CONSTRAINT "standing_marks_lead_id_premises_id_marked_by_pk" PRIMARY KEY("lead_id","premises_id","marked_by")
);
--> statement-breakpoint
DROP INDEX "match_runs_kept_idx";--> statement-breakpoint
DROP INDEX "lead_ways_manager_idx";--> statement-breakpoint
ALTER TABLE "standing_marks" ADD CONSTRAINT "standing_marks_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "standing_marks_day_idx" ON "standing_marks" USING btree ("marked_on");--> statement-breakpoint
CREATE INDEX "deals_won_idx" ON "deals" USING btree ("id") WHERE "deals"."stage" = 'won';--> statement-breakpoint
CREATE INDEX "leads_trades_idx" ON "leads" USING gin ("trades");--> statement-breakpoint
CREATE INDEX "match_runs_removed_idx" ON "match_runs" USING btree ("created_at","as_of","lead_id","candidates","kept_count","removed_for") WHERE "match_runs"."model_id" is not null and "match_runs"."lead_id" is not null;--> statement-breakpoint
CREATE INDEX "outcome_verdicts_pair_idx" ON "outcome_verdicts" USING btree ("lead_id","premises_id","happened_on","kind","basis","kept");--> statement-breakpoint
CREATE INDEX "lead_ways_manager_idx" ON "lead_ways" USING btree ("manager_id","created_on","first_offer_on","first_deal_on","first_won_on","first_lease_on","deals","deals_won","offers");--> statement-breakpoint
CREATE FUNCTION "tell_standing_marks"(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	-- Whoever tells of the same lead at the same time waits here, and then sees what the other has written.
	PERFORM FROM leads WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
	DELETE FROM standing_marks WHERE lead_id = ANY(ids);
	INSERT INTO standing_marks (lead_id, premises_id, marked_by, mark_id, mark, created_at, marked_on, as_of, model_id, suitability,
		threshold, board_kept, manager_id, bank, trades)
	SELECT DISTINCT ON (m.lead_id, m.premises_id, m.manager_id) m.lead_id, m.premises_id, m.manager_id, m.id, m.mark, m.created_at,
		(m.created_at AT TIME ZONE 'Asia/Novosibirsk')::date, m.as_of, m.model_id, m.suitability, m.threshold, r.kept_count,
		l.manager_id, l.bank, l.trades
	FROM marks m JOIN leads l ON l.id = m.lead_id LEFT JOIN match_runs r ON r.id = m.run_id
	WHERE m.lead_id = ANY(ids) AND NOT EXISTS (SELECT FROM mark_withdrawals w WHERE w.mark_id = m.id)
	ORDER BY m.lead_id, m.premises_id, m.manager_id, m.created_at DESC, m.id DESC;
END $$;--> statement-breakpoint
CREATE FUNCTION "follow_standing_marks"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM tell_standing_marks((SELECT array_agg(DISTINCT lead_id) FROM changed));
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "follow_standing_marks_of_withdrawals"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM tell_standing_marks((SELECT array_agg(DISTINCT m.lead_id) FROM changed c JOIN marks m ON m.id = c.mark_id));
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "follow_standing_marks_of_lead"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE standing_marks SET manager_id = NEW.manager_id, bank = NEW.bank, trades = NEW.trades WHERE lead_id = NEW.id;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "marks_standing_insert" AFTER INSERT ON "marks" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_standing_marks"();--> statement-breakpoint
CREATE TRIGGER "marks_standing_before_update" AFTER UPDATE ON "marks" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_standing_marks"();--> statement-breakpoint
CREATE TRIGGER "marks_standing_update" AFTER UPDATE ON "marks" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_standing_marks"();--> statement-breakpoint
CREATE TRIGGER "marks_standing_delete" AFTER DELETE ON "marks" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_standing_marks"();--> statement-breakpoint
CREATE TRIGGER "mark_withdrawals_standing_insert" AFTER INSERT ON "mark_withdrawals" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_standing_marks_of_withdrawals"();--> statement-breakpoint
CREATE TRIGGER "mark_withdrawals_standing_delete" AFTER DELETE ON "mark_withdrawals" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_standing_marks_of_withdrawals"();--> statement-breakpoint
CREATE TRIGGER "leads_standing_update" AFTER UPDATE ON "leads" FOR EACH ROW WHEN ((OLD.manager_id, OLD.bank, OLD.trades) IS DISTINCT FROM (NEW.manager_id, NEW.bank, NEW.trades)) EXECUTE FUNCTION "follow_standing_marks_of_lead"();--> statement-breakpoint
SELECT tell_standing_marks((SELECT array_agg(DISTINCT lead_id) FROM marks));
