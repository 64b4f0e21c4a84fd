CREATE TYPE "public"."disposition" AS ENUM('adopted', 'partly', 'noted');--> statement-breakpoint
CREATE TYPE "public"."reply_kind" AS ENUM('comment', 'none');--> statement-breakpoint
CREATE TYPE "public"."export_format" AS ENUM('pdf', 'docx', 'xlsx', 'html', 'md', 'txt', 'json', 'zip', 'pages');--> statement-breakpoint
CREATE TYPE "public"."export_source" AS ENUM('edition', 'draft', 'comparison');--> statement-breakpoint
CREATE TYPE "public"."export_status" AS ENUM('queued', 'running', 'done', 'failed');--> statement-breakpoint
CREATE TABLE "consultation_replies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"edition_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"kind" "reply_kind" NOT NULL,
	"block_id" text,
	"position" integer NOT NULL,
	"section_id" uuid,
	"quote" text,
	"text" text NOT NULL,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "consultation_replies_none_is_of_the_whole" CHECK (kind = 'comment' or (block_id is null and quote is null))
);
--> statement-breakpoint
ALTER TABLE "consultation_replies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dispositions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"reply_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"disposition" "disposition" NOT NULL,
	"reason" text NOT NULL,
	"decided_by" uuid NOT NULL,
	"decided_label" text NOT NULL,
	"decided_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "dispositions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consultation_publications" (
	"edition_id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"published_by" uuid NOT NULL,
	"published_label" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "consultation_publications" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "receipts" (
	"edition_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"label" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "receipts_edition_id_user_id_pk" PRIMARY KEY("edition_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "receipts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "edition_files" (
	"edition_id" uuid NOT NULL,
	"format" "export_format" NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"maker" text NOT NULL,
	"made_at" timestamp with time zone NOT NULL,
	"row_sha256" text NOT NULL,
	CONSTRAINT "edition_files_edition_id_format_pk" PRIMARY KEY("edition_id","format")
);
--> statement-breakpoint
ALTER TABLE "edition_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "export_parts" (
	"export_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"size" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "export_parts_export_id_part_pk" PRIMARY KEY("export_id","part")
);
--> statement-breakpoint
ALTER TABLE "export_parts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "export_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"source" "export_source" NOT NULL,
	"format" "export_format" NOT NULL,
	"report_id" uuid NOT NULL,
	"edition_id" uuid,
	"earlier_id" uuid,
	"document" jsonb,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"status" "export_status" DEFAULT 'queued' NOT NULL,
	"step" integer DEFAULT 0 NOT NULL,
	"steps" integer DEFAULT 1 NOT NULL,
	"refusal" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "export_requests_of_something" CHECK ((source = 'draft') = (document is not null))
);
--> statement-breakpoint
ALTER TABLE "export_requests" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_edition_id_unique";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "to_role" "role";--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "to_organ_id" uuid;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "to_membership_id" uuid;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "answer_by" date;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "record" jsonb;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "seal_sha256" text;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "code" text;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "supersedes_id" uuid;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "notice" text;--> statement-breakpoint
ALTER TABLE "editions" ADD COLUMN "exception" text;--> statement-breakpoint
-- What was sealed before editions were chained gets its seal now: the words of domain/edition/seal.ts, in its order.
UPDATE "editions" SET "record" = '{"schema": "huibao.record/1", "approvals": [], "audit": [], "attachments": [], "missing": []}';
--> statement-breakpoint
DO $$
DECLARE
  e record;
  last_report uuid;
  previous text;
  seal text;
  bits bigint;
BEGIN
  FOR e IN SELECT d.*, r.slug, j.name AS jurisdiction
             FROM editions d JOIN reports r ON r.id = d.report_id JOIN jurisdictions j ON j.id = d.jurisdiction_id
            ORDER BY d.report_id, d.number LOOP
    IF last_report IS DISTINCT FROM e.report_id THEN previous := NULL; END IF;
    seal := encode(sha256(convert_to(concat(
      '{"document":', to_json(e.sha256), ',"exception":null,"jurisdiction":', to_json(e.jurisdiction), ',"kind":', to_json(e.kind),
      ',"name":', to_json(e.name), ',"notice":null,"number":', e.number, ',"origin":null,"previous":', coalesce(to_json(previous)::text, 'null'),
      ',"record":', to_json(encode(sha256('{"approvals":[],"attachments":[],"audit":[],"missing":[],"schema":"huibao.record/1"}'), 'hex')),
      ',"report":', to_json(e.slug), ',"schema":"huibao.seal/1","sealedAt":',
      to_json(to_char(e.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
      ',"sealedBy":', to_json(e.sealed_label), ',"supersedes":null}'), 'UTF8')), 'hex');
    bits := ('x' || substr(seal, 1, 13))::bit(52)::bigint >> 2;
    UPDATE editions SET seal_sha256 = seal,
           code = (SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((bits >> (45 - 5 * i)) & 31)::int + 1, 1), '' ORDER BY i)
                     FROM generate_series(0, 9) i)
     WHERE id = e.id;
    last_report := e.report_id;
    previous := seal;
  END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE "editions" ALTER COLUMN "record" SET NOT NULL, ALTER COLUMN "seal_sha256" SET NOT NULL, ALTER COLUMN "code" SET NOT NULL;
--> statement-breakpoint
-- An edition given to the committee could be read by clerks, members and departments: to each a delivery of its own.
UPDATE "deliveries" SET "to_role" = 'member';
--> statement-breakpoint
INSERT INTO "deliveries" (jurisdiction_id, edition_id, to_role, delivered_by, delivered_label, delivered_at)
SELECT d.jurisdiction_id, d.edition_id, r, d.delivered_by, d.delivered_label, d.delivered_at
  FROM deliveries d CROSS JOIN unnest(ARRAY['clerk', 'drafter', 'signer']::role[]) r;
--> statement-breakpoint
ALTER TABLE "consultation_replies" ADD CONSTRAINT "consultation_replies_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_replies" ADD CONSTRAINT "consultation_replies_edition_id_editions_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_replies" ADD CONSTRAINT "consultation_replies_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_replies" ADD CONSTRAINT "consultation_replies_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_replies" ADD CONSTRAINT "consultation_replies_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispositions" ADD CONSTRAINT "dispositions_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispositions" ADD CONSTRAINT "dispositions_reply_id_consultation_replies_id_fk" FOREIGN KEY ("reply_id") REFERENCES "public"."consultation_replies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispositions" ADD CONSTRAINT "dispositions_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispositions" ADD CONSTRAINT "dispositions_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_publications" ADD CONSTRAINT "consultation_publications_edition_id_editions_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_publications" ADD CONSTRAINT "consultation_publications_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consultation_publications" ADD CONSTRAINT "consultation_publications_published_by_users_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_edition_id_editions_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "edition_files" ADD CONSTRAINT "edition_files_edition_id_editions_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "edition_files" ADD CONSTRAINT "edition_files_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_parts" ADD CONSTRAINT "export_parts_export_id_export_requests_id_fk" FOREIGN KEY ("export_id") REFERENCES "public"."export_requests"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_parts" ADD CONSTRAINT "export_parts_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_requests" ADD CONSTRAINT "export_requests_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_requests" ADD CONSTRAINT "export_requests_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_requests" ADD CONSTRAINT "export_requests_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_requests" ADD CONSTRAINT "export_requests_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_requests" ADD CONSTRAINT "export_requests_edition_id_editions_id_fk" FOREIGN KEY ("edition_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_requests" ADD CONSTRAINT "export_requests_earlier_id_editions_id_fk" FOREIGN KEY ("earlier_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "consultation_replies_edition_id_organ_id_index" ON "consultation_replies" USING btree ("edition_id","organ_id");--> statement-breakpoint
CREATE INDEX "consultation_replies_section_id_index" ON "consultation_replies" USING btree ("section_id");--> statement-breakpoint
CREATE INDEX "outbox_of_editions" ON "outbox" USING btree ("edition_id") WHERE edition_id is not null;--> statement-breakpoint
CREATE INDEX "dispositions_reply_id_decided_at_index" ON "dispositions" USING btree ("reply_id","decided_at");--> statement-breakpoint
CREATE INDEX "export_parts_sha256_index" ON "export_parts" USING btree ("sha256");--> statement-breakpoint
CREATE INDEX "export_requests_requested_by_created_at_index" ON "export_requests" USING btree ("requested_by","created_at");--> statement-breakpoint
CREATE INDEX "export_requests_requested_by_key_index" ON "export_requests" USING btree ("requested_by","key");--> statement-breakpoint
CREATE INDEX "export_requests_unfinished" ON "export_requests" USING btree ("created_at") WHERE status in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "export_requests_old" ON "export_requests" USING btree ("finished_at");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_to_organ_id_organs_id_fk" FOREIGN KEY ("to_organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_to_membership_id_memberships_id_fk" FOREIGN KEY ("to_membership_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_supersedes_id_editions_id_fk" FOREIGN KEY ("supersedes_id") REFERENCES "public"."editions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "editions_supersedes_id_index" ON "editions" USING btree ("supersedes_id");--> statement-breakpoint
CREATE INDEX "audit_entries_report_id_at_index" ON "audit_entries" USING btree ("report_id","at");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_once" UNIQUE NULLS NOT DISTINCT("edition_id","to_role","to_organ_id","to_membership_id","answer_by");--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_code_unique" UNIQUE("code");--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_one_recipient" CHECK (num_nonnulls(to_role, to_organ_id, to_membership_id) = 1);--> statement-breakpoint
ALTER TABLE "editions" ADD CONSTRAINT "editions_correction_says_why" CHECK (supersedes_id is null or notice is not null);
