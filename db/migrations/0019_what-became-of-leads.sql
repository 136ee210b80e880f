CREATE TABLE "lead_ways" (
	"lead_id" text PRIMARY KEY NOT NULL,
	"created_on" date NOT NULL,
	"manager_id" text,
	"bank" "bank_wish",
	"trades" text[] NOT NULL,
	"looked_at" timestamp with time zone,
	"first_offer_on" date,
	"first_deal_on" date,
	"first_won_on" date,
	"first_lease_on" date,
	"deals" integer NOT NULL,
	"deals_won" integer NOT NULL,
	"offers" integer NOT NULL
);
--> statement-breakpoint
DROP INDEX "leads_wishes_filled_idx";--> statement-breakpoint
ALTER TABLE "lead_ways" ADD CONSTRAINT "lead_ways_lead_id_leads_id_fk" FOREIGN KEY ("lead_id") REFERENCES "public"."leads"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "lead_ways_created_idx" ON "lead_ways" USING btree ("created_on");--> statement-breakpoint
CREATE INDEX "lead_ways_manager_idx" ON "lead_ways" USING btree ("manager_id","created_on");--> statement-breakpoint
CREATE INDEX "match_runs_kept_idx" ON "match_runs" USING btree ("id","kept_count");--> statement-breakpoint
CREATE INDEX "leads_wishes_filled_idx" ON "leads" USING btree ("created_on","manager_id","bank","wishes_filled","looked_at");--> statement-breakpoint
CREATE FUNCTION "tell_lead_ways"(ids text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	-- Whoever tells of the same lead at the same time waits here, and then sees what the other has written.
	PERFORM FROM leads WHERE id = ANY(ids) ORDER BY id FOR NO KEY UPDATE;
	DELETE FROM lead_ways WHERE lead_id = ANY(ids);
	INSERT INTO lead_ways (lead_id, created_on, manager_id, bank, trades, looked_at, first_offer_on, first_deal_on, first_won_on,
		first_lease_on, deals, deals_won, offers)
	SELECT l.id, l.created_on, l.manager_id, l.bank, l.trades, l.looked_at, least(d.first_on, o.first_on), d.first_on, d.won_on,
		s.first_on, d.n, d.won, p.n
	FROM leads l
	CROSS JOIN LATERAL (SELECT count(*) AS n, count(*) FILTER (WHERE stage = 'won') AS won, min(created_on) AS first_on,
		min(coalesce(closed_on, created_on)) FILTER (WHERE stage = 'won') AS won_on FROM deals WHERE lead_id = l.id) d
	CROSS JOIN LATERAL (SELECT min(start_on) AS first_on FROM leases WHERE lead_id = l.id) s
	CROSS JOIN LATERAL (SELECT min(sent_on) AS first_on FROM proposal_offers o WHERE o.lead_id = l.id
		AND NOT EXISTS (SELECT FROM proposal_withdrawals w WHERE w.proposal_id = o.proposal_id)) o
	CROSS JOIN LATERAL (SELECT count(*) AS n FROM (
		SELECT premises_id FROM deals WHERE lead_id = l.id AND premises_id IS NOT NULL
		UNION SELECT premises_id FROM proposal_offers o WHERE o.lead_id = l.id
			AND NOT EXISTS (SELECT FROM proposal_withdrawals w WHERE w.proposal_id = o.proposal_id)) AS offered) p
	WHERE l.id = ANY(ids) AND (d.n > 0 OR s.first_on IS NOT NULL OR o.first_on IS NOT NULL);
END $$;--> statement-breakpoint
CREATE FUNCTION "follow_lead_ways"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM tell_lead_ways((SELECT array_agg(DISTINCT lead_id) FROM changed WHERE lead_id IS NOT NULL));
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "follow_lead_ways_of_withdrawals"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	PERFORM tell_lead_ways((SELECT array_agg(DISTINCT o.lead_id) FROM changed JOIN proposal_offers o USING (proposal_id)));
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "follow_lead_ways_of_new_leads"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	-- A deal or a lease may have come before the lead that it names.
	PERFORM tell_lead_ways((SELECT array_agg(c.id) FROM changed c
		WHERE EXISTS (SELECT FROM deals d WHERE d.lead_id = c.id) OR EXISTS (SELECT FROM leases s WHERE s.lead_id = c.id)));
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "follow_lead_ways_of_lead"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE lead_ways SET created_on = NEW.created_on, manager_id = NEW.manager_id, bank = NEW.bank, trades = NEW.trades,
		looked_at = NEW.looked_at WHERE lead_id = NEW.id;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "deals_ways_insert" AFTER INSERT ON "deals" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "deals_ways_before_update" AFTER UPDATE ON "deals" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "deals_ways_update" AFTER UPDATE ON "deals" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "deals_ways_delete" AFTER DELETE ON "deals" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "leases_ways_insert" AFTER INSERT ON "leases" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "leases_ways_before_update" AFTER UPDATE ON "leases" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "leases_ways_update" AFTER UPDATE ON "leases" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "leases_ways_delete" AFTER DELETE ON "leases" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "proposal_offers_ways_insert" AFTER INSERT ON "proposal_offers" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "proposal_offers_ways_delete" AFTER DELETE ON "proposal_offers" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways"();--> statement-breakpoint
CREATE TRIGGER "proposal_withdrawals_ways_insert" AFTER INSERT ON "proposal_withdrawals" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways_of_withdrawals"();--> statement-breakpoint
CREATE TRIGGER "proposal_withdrawals_ways_delete" AFTER DELETE ON "proposal_withdrawals" REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways_of_withdrawals"();--> statement-breakpoint
CREATE TRIGGER "leads_ways_insert" AFTER INSERT ON "leads" REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION "follow_lead_ways_of_new_leads"();--> statement-breakpoint
CREATE TRIGGER "leads_ways_update" AFTER UPDATE ON "leads" FOR EACH ROW WHEN ((OLD.created_on, OLD.manager_id, OLD.bank, OLD.trades, OLD.looked_at) IS DISTINCT FROM (NEW.created_on, NEW.manager_id, NEW.bank, NEW.trades, NEW.looked_at)) EXECUTE FUNCTION "follow_lead_ways_of_lead"();--> statement-breakpoint
SELECT tell_lead_ways((SELECT array_agg(lead_id) FROM (
	SELECT lead_id FROM deals WHERE lead_id IS NOT NULL UNION SELECT lead_id FROM leases WHERE lead_id IS NOT NULL
	UNION SELECT lead_id FROM proposal_offers) AS named));
