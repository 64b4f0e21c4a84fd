CREATE TYPE "public"."remark_kind" AS ENUM('comment', 'suggestion');--> statement-breakpoint
CREATE TYPE "public"."remark_outcome" AS ENUM('resolved', 'accepted', 'rejected', 'withdrawn');--> statement-breakpoint
CREATE TABLE "section_briefs" (
	"section_id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"guidance" text NOT NULL,
	"length_limit" integer,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_label" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "section_briefs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "remark_replies" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"remark_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"text" text NOT NULL,
	"mentions" "role"[] DEFAULT '{}' NOT NULL,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "remark_replies" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "remarks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"section_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"kind" "remark_kind" NOT NULL,
	"internal" boolean NOT NULL,
	"revision_id" uuid,
	"block_id" text NOT NULL,
	"block_text" text NOT NULL,
	"from" integer NOT NULL,
	"to" integer NOT NULL,
	"text" text NOT NULL,
	"replacement" text,
	"mentions" "role"[] DEFAULT '{}' NOT NULL,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"outcome" "remark_outcome",
	"settled_by" uuid,
	"settled_label" text,
	"settled_at" timestamp with time zone,
	CONSTRAINT "remarks_suggestion" CHECK ((kind = 'suggestion') = (replacement is not null)),
	CONSTRAINT "remarks_range" CHECK ("from" >= 0 and "to" >= "from"),
	CONSTRAINT "remarks_settled" CHECK ((outcome is null) = (settled_by is null) and (outcome is null) = (settled_label is null)
        and (outcome is null) = (settled_at is null)),
	CONSTRAINT "remarks_outcome" CHECK (outcome is null or (kind = 'comment') = (outcome = 'resolved'))
);
--> statement-breakpoint
ALTER TABLE "remarks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "evidence" ALTER COLUMN "indicator_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "evidence" ALTER COLUMN "field" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "remark_id" uuid;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "mentions" "role"[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "revisions" ADD COLUMN "restored_from" integer;--> statement-breakpoint
ALTER TABLE "evidence" ADD COLUMN "section_id" uuid;--> statement-breakpoint
ALTER TABLE "section_briefs" ADD CONSTRAINT "section_briefs_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "section_briefs" ADD CONSTRAINT "section_briefs_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remark_replies" ADD CONSTRAINT "remark_replies_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remark_replies" ADD CONSTRAINT "remark_replies_remark_id_remarks_id_fk" FOREIGN KEY ("remark_id") REFERENCES "public"."remarks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remark_replies" ADD CONSTRAINT "remark_replies_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remark_replies" ADD CONSTRAINT "remark_replies_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remarks" ADD CONSTRAINT "remarks_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remarks" ADD CONSTRAINT "remarks_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remarks" ADD CONSTRAINT "remarks_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remarks" ADD CONSTRAINT "remarks_revision_id_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remarks" ADD CONSTRAINT "remarks_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "remarks" ADD CONSTRAINT "remarks_settled_by_users_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "remark_replies_remark_id_created_at_index" ON "remark_replies" USING btree ("remark_id","created_at");--> statement-breakpoint
CREATE INDEX "remarks_section_id_created_at_index" ON "remarks" USING btree ("section_id","created_at");--> statement-breakpoint
CREATE INDEX "remarks_organ_id_index" ON "remarks" USING btree ("organ_id");--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_remark_id_remarks_id_fk" FOREIGN KEY ("remark_id") REFERENCES "public"."remarks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_section_id_index" ON "evidence" USING btree ("section_id");--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_one_target" CHECK ((indicator_id is null) = (section_id is not null) and (indicator_id is null) = (field is null));