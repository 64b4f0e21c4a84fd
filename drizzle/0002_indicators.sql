CREATE TYPE "public"."figure_field" AS ENUM('lastActual', 'planTotal', 'planGrowth', 'actual', 'rankTotal', 'completion', 'growth', 'rankGrowth', 'remark');--> statement-breakpoint
CREATE TYPE "public"."figure_state" AS ENUM('number', 'not-applicable', 'pending', 'estimate', 'words');--> statement-breakpoint
CREATE TYPE "public"."growth_basis" AS ENUM('current', 'constant');--> statement-breakpoint
CREATE TYPE "public"."indicator_kind" AS ENUM('total', 'growth-only');--> statement-breakpoint
CREATE TYPE "public"."indicator_status" AS ENUM('drafting', 'signing', 'confirming', 'reviewing', 'returned', 'approved');--> statement-breakpoint
ALTER TYPE "public"."section_kind" ADD VALUE 'indicators';--> statement-breakpoint
ALTER TYPE "public"."verdict" ADD VALUE 'confirm' BEFORE 'pass';--> statement-breakpoint
CREATE TABLE "evidence" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"indicator_id" uuid NOT NULL,
	"field" "figure_field" NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"sha256" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"removed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "evidence" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"indicator_id" uuid NOT NULL,
	"field" "figure_field" NOT NULL,
	"state" "figure_state",
	"value" numeric,
	"words" text,
	"reason" text,
	"source_department" text,
	"source_document" text,
	"source_date" date,
	"version" integer NOT NULL,
	"carried" boolean DEFAULT false NOT NULL,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "figure_changes_indicator_id_field_version_unique" UNIQUE("indicator_id","field","version"),
	CONSTRAINT "figure_changes_whole" CHECK ((value is not null) = coalesce(state in ('number', 'estimate'), false)
  and (words is not null) = coalesce(state = 'words', false))
);
--> statement-breakpoint
ALTER TABLE "figure_changes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figures" (
	"jurisdiction_id" uuid NOT NULL,
	"indicator_id" uuid NOT NULL,
	"field" "figure_field" NOT NULL,
	"state" "figure_state",
	"value" numeric,
	"words" text,
	"reason" text,
	"source_department" text,
	"source_document" text,
	"source_date" date,
	"version" integer DEFAULT 1 NOT NULL,
	"author_label" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "figures_indicator_id_field_pk" PRIMARY KEY("indicator_id","field"),
	CONSTRAINT "figures_whole" CHECK ((value is not null) = coalesce(state in ('number', 'estimate'), false)
  and (words is not null) = coalesce(state = 'words', false))
);
--> statement-breakpoint
ALTER TABLE "figures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "frozen_figures" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"section_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"revision_id" uuid NOT NULL,
	"node_id" text NOT NULL,
	"text" text NOT NULL,
	"seen" text NOT NULL,
	"indicator_revision_id" uuid,
	"note" text,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "frozen_figures" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "indicator_revisions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"indicator_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"row" jsonb NOT NULL,
	"writers" uuid[] NOT NULL,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "indicator_revisions_indicator_id_number_unique" UNIQUE("indicator_id","number")
);
--> statement-breakpoint
ALTER TABLE "indicator_revisions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "indicators" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"code" text NOT NULL,
	"official_name" text NOT NULL,
	"short_name" text NOT NULL,
	"aliases" text[] DEFAULT '{}' NOT NULL,
	"unit" text NOT NULL,
	"kind" "indicator_kind" NOT NULL,
	"basis" "growth_basis" NOT NULL,
	"decimals" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"organ_id" uuid NOT NULL,
	"confirm_organ_id" uuid,
	"status" "indicator_status" DEFAULT 'drafting' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"submitted_revision_id" uuid,
	"approved_revision_id" uuid,
	"signed_by" uuid,
	"due_on" date NOT NULL,
	"moved_at" timestamp with time zone NOT NULL,
	"previous_id" uuid,
	"removed_at" timestamp with time zone,
	CONSTRAINT "indicators_confirmed_by_another" CHECK (confirm_organ_id is null or confirm_organ_id <> organ_id),
	CONSTRAINT "indicators_submitted" CHECK ((submitted_revision_id is not null) = (status in ('signing', 'confirming', 'reviewing', 'approved'))),
	CONSTRAINT "indicators_approved" CHECK ((approved_revision_id is not null) = (status = 'approved')),
	CONSTRAINT "indicators_signed" CHECK ((signed_by is not null) = (status in ('confirming', 'reviewing', 'approved')))
);
--> statement-breakpoint
ALTER TABLE "indicators" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "waivers" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"key" text NOT NULL,
	"explanation" text NOT NULL,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "waivers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "review_reasons" ALTER COLUMN "section_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "review_reasons" ALTER COLUMN "block_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "indicator_id" uuid;--> statement-breakpoint
ALTER TABLE "review_reasons" ADD COLUMN "indicator_id" uuid;--> statement-breakpoint
ALTER TABLE "review_reasons" ADD COLUMN "field" "figure_field";--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "indicator_id" uuid;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "indicator_revision_id" uuid;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figure_changes" ADD CONSTRAINT "figure_changes_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figure_changes" ADD CONSTRAINT "figure_changes_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figure_changes" ADD CONSTRAINT "figure_changes_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figures" ADD CONSTRAINT "figures_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "figures" ADD CONSTRAINT "figures_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_figures" ADD CONSTRAINT "frozen_figures_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_figures" ADD CONSTRAINT "frozen_figures_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_figures" ADD CONSTRAINT "frozen_figures_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_figures" ADD CONSTRAINT "frozen_figures_revision_id_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_figures" ADD CONSTRAINT "frozen_figures_indicator_revision_id_indicator_revisions_id_fk" FOREIGN KEY ("indicator_revision_id") REFERENCES "public"."indicator_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "frozen_figures" ADD CONSTRAINT "frozen_figures_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_revisions" ADD CONSTRAINT "indicator_revisions_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_revisions" ADD CONSTRAINT "indicator_revisions_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_revisions" ADD CONSTRAINT "indicator_revisions_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicator_revisions" ADD CONSTRAINT "indicator_revisions_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_confirm_organ_id_organs_id_fk" FOREIGN KEY ("confirm_organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_submitted_revision_id_indicator_revisions_id_fk" FOREIGN KEY ("submitted_revision_id") REFERENCES "public"."indicator_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_approved_revision_id_indicator_revisions_id_fk" FOREIGN KEY ("approved_revision_id") REFERENCES "public"."indicator_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_signed_by_users_id_fk" FOREIGN KEY ("signed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_previous_id_indicators_id_fk" FOREIGN KEY ("previous_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waivers" ADD CONSTRAINT "waivers_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_indicator_id_field_index" ON "evidence" USING btree ("indicator_id","field");--> statement-breakpoint
CREATE INDEX "frozen_figures_revision_id_node_id_id_index" ON "frozen_figures" USING btree ("revision_id","node_id","id");--> statement-breakpoint
CREATE INDEX "indicator_revisions_organ_id_index" ON "indicator_revisions" USING btree ("organ_id");--> statement-breakpoint
CREATE UNIQUE INDEX "indicators_code" ON "indicators" USING btree ("report_id","code") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "indicators_jurisdiction_id_organ_id_status_index" ON "indicators" USING btree ("jurisdiction_id","organ_id","status");--> statement-breakpoint
CREATE INDEX "indicators_jurisdiction_id_confirm_organ_id_status_index" ON "indicators" USING btree ("jurisdiction_id","confirm_organ_id","status");--> statement-breakpoint
CREATE INDEX "indicators_jurisdiction_id_status_due_on_index" ON "indicators" USING btree ("jurisdiction_id","status","due_on");--> statement-breakpoint
CREATE INDEX "indicators_approved_revision_id_index" ON "indicators" USING btree ("approved_revision_id");--> statement-breakpoint
CREATE INDEX "waivers_report_id_key_index" ON "waivers" USING btree ("report_id","key");--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_reasons" ADD CONSTRAINT "review_reasons_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_indicator_revision_id_indicator_revisions_id_fk" FOREIGN KEY ("indicator_revision_id") REFERENCES "public"."indicator_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "review_reasons_indicator_id_created_at_index" ON "review_reasons" USING btree ("indicator_id","created_at");--> statement-breakpoint
CREATE INDEX "reviews_indicator_id_created_at_index" ON "reviews" USING btree ("indicator_id","created_at");--> statement-breakpoint
ALTER TABLE "review_reasons" ADD CONSTRAINT "review_reasons_one_target" CHECK ((section_id is not null and block_id is not null and indicator_id is null and field is null)
        or (section_id is null and block_id is null and indicator_id is not null and field is not null));