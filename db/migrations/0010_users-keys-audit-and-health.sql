CREATE TABLE "audit_checks" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" text NOT NULL,
	"rows" bigint NOT NULL,
	"head_place" bigint,
	"head_hash" text,
	"intact" boolean NOT NULL,
	"breach" jsonb
);
--> statement-breakpoint
CREATE TABLE "audit_links" (
	"place" bigint PRIMARY KEY NOT NULL,
	"audit_id" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "backups" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" text NOT NULL,
	"place" text NOT NULL,
	"bytes" bigint,
	"rows" bigint,
	"seconds" integer
);
--> statement-breakpoint
CREATE TABLE "worker_beats" (
	"worker" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"beat_at" timestamp with time zone NOT NULL,
	"versions" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" serial PRIMARY KEY NOT NULL,
	"user_id" integer NOT NULL,
	"token_sha256" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
DROP INDEX "audit_log_at_idx";--> statement-breakpoint
DROP INDEX "audit_log_subject_idx";--> statement-breakpoint
ALTER TABLE "users" ALTER COLUMN "password_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "replaced_by" integer;--> statement-breakpoint
ALTER TABLE "audit_links" ADD CONSTRAINT "audit_links_audit_id_audit_log_id_fk" FOREIGN KEY ("audit_id") REFERENCES "public"."audit_log"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_links_audit_idx" ON "audit_links" USING btree ("audit_id");--> statement-breakpoint
CREATE INDEX "backups_at_idx" ON "backups" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token_idx" ON "invitations" USING btree ("token_sha256");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_open_idx" ON "invitations" USING btree ("user_id") WHERE "invitations"."used_at" is null and "invitations"."ended_at" is null;--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_replaced_by_api_keys_id_fk" FOREIGN KEY ("replaced_by") REFERENCES "public"."api_keys"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_actor_idx" ON "audit_log" USING btree ("actor","at","id");--> statement-breakpoint
CREATE INDEX "audit_log_action_idx" ON "audit_log" USING btree ("action","at","id");--> statement-breakpoint
CREATE INDEX "audit_log_at_idx" ON "audit_log" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_log_subject_idx" ON "audit_log" USING btree ("subject" text_pattern_ops,"at","id");--> statement-breakpoint
CREATE FUNCTION "audit_hash"(previous text, line audit_log) RETURNS text LANGUAGE sql STABLE AS $$
	-- An array of JSON has one reading only; moments are whole microseconds, whatever time zone the session speaks.
	SELECT encode(sha256(convert_to(jsonb_build_array(previous, line.id, (extract(epoch from line.at) * 1000000)::bigint,
		line.actor, line.action, line.subject, line.detail)::text, 'UTF8')), 'hex')
$$;--> statement-breakpoint
CREATE FUNCTION "link_audit"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
	head audit_links;
BEGIN
	-- The last act of the transaction: whoever holds this lock waits for nobody any more, so that no two can wait for each other.
	PERFORM pg_advisory_xact_lock(7210443);
	SELECT * INTO head FROM audit_links ORDER BY place DESC LIMIT 1;
	INSERT INTO audit_links (place, audit_id, hash) VALUES (coalesce(head.place, 0) + 1, NEW.id, audit_hash(head.hash, NEW));
	RETURN NULL;
END $$;--> statement-breakpoint
DO $$
DECLARE
	line audit_log;
	place bigint := 0;
	last text;
BEGIN
	FOR line IN SELECT * FROM audit_log ORDER BY id LOOP
		place := place + 1;
		last := audit_hash(last, line);
		INSERT INTO audit_links VALUES (place, line.id, last);
	END LOOP;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER "audit_log_link" AFTER INSERT ON "audit_log" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "link_audit"();--> statement-breakpoint
CREATE TRIGGER "audit_log_keep" BEFORE UPDATE OR DELETE ON "audit_log" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "audit_log_no_truncate" BEFORE TRUNCATE ON "audit_log" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "audit_links_keep" BEFORE UPDATE OR DELETE ON "audit_links" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "audit_links_no_truncate" BEFORE TRUNCATE ON "audit_links" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "audit_checks_keep" BEFORE UPDATE OR DELETE ON "audit_checks" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();--> statement-breakpoint
CREATE TRIGGER "audit_checks_no_truncate" BEFORE TRUNCATE ON "audit_checks" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
