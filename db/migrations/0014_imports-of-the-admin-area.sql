CREATE TYPE "public"."import_by" AS ENUM('queue', 'here');--> statement-breakpoint
ALTER TYPE "public"."import_status" ADD VALUE 'queued';--> statement-breakpoint
ALTER TYPE "public"."import_status" ADD VALUE 'cancelled';--> statement-breakpoint
CREATE TABLE "import_mappings" (
	"signature" text PRIMARY KEY NOT NULL,
	"mapping" jsonb NOT NULL,
	"saved_by" text NOT NULL,
	"saved_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_refused_rows" (
	"import_run_id" bigint NOT NULL,
	"file" text NOT NULL,
	"line" integer NOT NULL,
	"cells" jsonb NOT NULL,
	"mended_by_run_id" bigint,
	CONSTRAINT "import_refused_rows_import_run_id_file_line_pk" PRIMARY KEY("import_run_id","file","line")
);
--> statement-breakpoint
CREATE TABLE "import_uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"bytes" bigint NOT NULL,
	"sha256" text NOT NULL,
	"encoding" text,
	"delimiter" text,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "failure_words" jsonb;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "by" "import_by" DEFAULT 'here' NOT NULL;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "sources" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "mends_run_id" bigint;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "stage" text;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "stage_file" text;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "percent" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "import_runs" ADD COLUMN "written_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "import_refused_rows" ADD CONSTRAINT "import_refused_rows_import_run_id_import_runs_id_fk" FOREIGN KEY ("import_run_id") REFERENCES "public"."import_runs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_refused_rows" ADD CONSTRAINT "import_refused_rows_mended_by_run_id_import_runs_id_fk" FOREIGN KEY ("mended_by_run_id") REFERENCES "public"."import_runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_runs" ADD CONSTRAINT "import_runs_mends_run_id_import_runs_id_fk" FOREIGN KEY ("mends_run_id") REFERENCES "public"."import_runs"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_runs" ADD CONSTRAINT "import_runs_percent" CHECK ("import_runs"."percent" between 0 and 100);