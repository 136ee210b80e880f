DROP INDEX "leads_phone_idx";--> statement-breakpoint
ALTER TABLE "leads" ADD COLUMN "phone_digits" text GENERATED ALWAYS AS (substring(regexp_replace(phone, '\D', '', 'g') from '.{10}$')) STORED;--> statement-breakpoint
CREATE INDEX "leads_phone_idx" ON "leads" USING btree ("created_on","phone_digits","id") WHERE "leads"."phone_digits" is not null;