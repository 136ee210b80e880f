ALTER TABLE "models" ADD COLUMN "seed" integer;--> statement-breakpoint
ALTER TABLE "models" ADD COLUMN "libraries" jsonb DEFAULT '{}'::jsonb NOT NULL;