CREATE TYPE "public"."step_mode" AS ENUM('any', 'all', 'quorum');--> statement-breakpoint
CREATE TYPE "public"."step_office" AS ENUM('owner', 'confirmer', 'any');--> statement-breakpoint
CREATE TYPE "public"."reason_answer" AS ENUM('changed', 'kept');--> statement-breakpoint
CREATE TYPE "public"."reason_kind" AS ENUM('data', 'text', 'basis', 'format', 'policy', 'other');--> statement-breakpoint
CREATE TYPE "public"."reason_severity" AS ENUM('must', 'advice');--> statement-breakpoint
CREATE TYPE "public"."seat_kind" AS ENUM('named', 'added', 'handed');--> statement-breakpoint
CREATE TYPE "public"."milestone" AS ENUM('issue', 'submit', 'review', 'consultation', 'approval', 'committee', 'office', 'members', 'sitting', 'opinions', 'reply');--> statement-breakpoint
CREATE TYPE "public"."offset_unit" AS ENUM('days', 'working-days', 'months');--> statement-breakpoint
CREATE TYPE "public"."reminder_kind" AS ENUM('urge', 'soon', 'late', 'escalate');--> statement-breakpoint
CREATE TYPE "public"."mail_choice" AS ENUM('at-once', 'digest', 'never');--> statement-breakpoint
-- Not ADD VALUE: a new value cannot be used in the transaction that adds it, and running reports need it below.
ALTER TYPE "public"."route_action" RENAME TO "route_action_before";--> statement-breakpoint
CREATE TYPE "public"."route_action" AS ENUM('sign', 'confirm', 'review', 'approve');--> statement-breakpoint
ALTER TABLE "route_steps" ALTER COLUMN "action" TYPE "public"."route_action" USING action::text::"public"."route_action";--> statement-breakpoint
DROP TYPE "public"."route_action_before";--> statement-breakpoint
CREATE TABLE "claims" (
	"section_id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"membership_id" uuid NOT NULL,
	"label" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "claims" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "looks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"section_id" uuid,
	"indicator_id" uuid,
	"revision_id" uuid,
	"indicator_revision_id" uuid,
	"earlier_revision_id" uuid,
	"earlier_indicator_revision_id" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "looks_section" UNIQUE("user_id","section_id"),
	CONSTRAINT "looks_indicator" UNIQUE("user_id","indicator_id"),
	CONSTRAINT "looks_one_target" CHECK ((section_id is null) = (revision_id is null) and (indicator_id is null) = (indicator_revision_id is null)
        and (section_id is null) <> (indicator_id is null))
);
--> statement-breakpoint
ALTER TABLE "looks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "reason_answers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"reason_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"answer" "reason_answer" NOT NULL,
	"text" text NOT NULL,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reason_answers_because" CHECK (answer = 'changed' or length(text) > 0)
);
--> statement-breakpoint
ALTER TABLE "reason_answers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "seats" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"step_id" uuid NOT NULL,
	"kind" "seat_kind" NOT NULL,
	"organ_id" uuid,
	"section_id" uuid,
	"indicator_id" uuid,
	"membership_id" uuid NOT NULL,
	"from_id" uuid,
	"reason" text,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "seats_once" UNIQUE NULLS NOT DISTINCT("step_id","organ_id","section_id","indicator_id","membership_id","from_id"),
	CONSTRAINT "seats_of_a_route_or_an_item" CHECK ((kind = 'named') = (section_id is null and indicator_id is null)),
	CONSTRAINT "seats_one_item" CHECK (section_id is null or indicator_id is null),
	CONSTRAINT "seats_handed" CHECK ((kind = 'handed') = (from_id is not null))
);
--> statement-breakpoint
ALTER TABLE "seats" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "stale_approvals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"section_id" uuid,
	"indicator_id" uuid,
	"revision_id" uuid,
	"indicator_revision_id" uuid,
	"author_label" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	CONSTRAINT "stale_approvals_revision_id_unique" UNIQUE("revision_id"),
	CONSTRAINT "stale_approvals_indicator_revision_id_unique" UNIQUE("indicator_revision_id"),
	CONSTRAINT "stale_approvals_one_target" CHECK ((section_id is null) = (revision_id is null) and (indicator_id is null) = (indicator_revision_id is null)
        and (section_id is null) <> (indicator_id is null))
);
--> statement-breakpoint
ALTER TABLE "stale_approvals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "step_skips" (
	"step_id" uuid NOT NULL,
	"organ_id" uuid NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "step_skips_step_id_organ_id_pk" PRIMARY KEY("step_id","organ_id")
);
--> statement-breakpoint
ALTER TABLE "step_skips" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "late_permits" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"section_id" uuid,
	"indicator_id" uuid,
	"organ_id" uuid NOT NULL,
	"until" date NOT NULL,
	"reason" text NOT NULL,
	"author_id" uuid NOT NULL,
	"author_label" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "late_permits_one_target" CHECK ((section_id is null) <> (indicator_id is null))
);
--> statement-breakpoint
ALTER TABLE "late_permits" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "milestones" (
	"report_id" uuid NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"milestone" "milestone" NOT NULL,
	"amount" integer NOT NULL,
	"unit" "offset_unit" NOT NULL,
	"on" date NOT NULL,
	CONSTRAINT "milestones_report_id_milestone_pk" PRIMARY KEY("report_id","milestone")
);
--> statement-breakpoint
ALTER TABLE "milestones" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "reminders" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"report_id" uuid NOT NULL,
	"section_id" uuid,
	"indicator_id" uuid,
	"organ_id" uuid NOT NULL,
	"kind" "reminder_kind" NOT NULL,
	"outbox_id" uuid NOT NULL,
	"on" date NOT NULL,
	"due_on" date NOT NULL,
	"author_id" uuid,
	"author_label" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reminders_section_day" UNIQUE("section_id","kind","on"),
	CONSTRAINT "reminders_indicator_day" UNIQUE("indicator_id","kind","on"),
	CONSTRAINT "reminders_one_target" CHECK ((section_id is null) <> (indicator_id is null)),
	CONSTRAINT "reminders_author" CHECK ((kind = 'urge') = (author_id is not null))
);
--> statement-breakpoint
ALTER TABLE "reminders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "timetables" (
	"report_id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"sitting_on" date NOT NULL,
	"sitting_name" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_label" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "timetables" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "mails" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"event" text NOT NULL,
	"address" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"not_before" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "mails_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "mails" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notice_choices" (
	"user_id" uuid NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"event" text NOT NULL,
	"mail" "mail_choice" NOT NULL,
	CONSTRAINT "notice_choices_user_id_event_pk" PRIMARY KEY("user_id","event")
);
--> statement-breakpoint
ALTER TABLE "notice_choices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "notice_settings" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"email" text,
	"locale" text DEFAULT 'zh-CN' NOT NULL,
	"quiet_from" time,
	"quiet_until" time,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notice_settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "webhook_calls" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction_id" uuid NOT NULL,
	"outbox_id" uuid NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"not_before" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_calls_outbox_id_unique" UNIQUE("outbox_id")
);
--> statement-breakpoint
ALTER TABLE "webhook_calls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "webhooks" (
	"jurisdiction_id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"enabled" boolean DEFAULT false NOT NULL,
	"updated_label" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "webhooks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "sections" DROP CONSTRAINT "sections_signed";--> statement-breakpoint
ALTER TABLE "indicators" DROP CONSTRAINT "indicators_signed";--> statement-breakpoint
DROP INDEX "memberships_active";--> statement-breakpoint
ALTER TABLE "outbox" ALTER COLUMN "actor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "routes" ALTER COLUMN "report_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "organ_id" uuid;--> statement-breakpoint
ALTER TABLE "notifications" ADD COLUMN "awaits_digest" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "step_id" uuid;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "acting_for" uuid;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "starts_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "memberships" ADD COLUMN "ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "step_id" uuid;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "round" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "route_steps" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "route_steps" ADD COLUMN "office" "step_office";--> statement-breakpoint
-- Running reports go on with the steps that they had; the confirming office's, which was not written down, becomes one.
UPDATE route_steps SET position = position + 1 WHERE action = 'approve';--> statement-breakpoint
UPDATE route_steps SET position = position + 1 WHERE action = 'review';--> statement-breakpoint
INSERT INTO route_steps (jurisdiction_id, route_id, position, action, role, name, office)
SELECT r.jurisdiction_id, r.id, 2, 'confirm', 'signer', '核对', 'confirmer' FROM routes r;--> statement-breakpoint
UPDATE route_steps SET
  name = CASE action WHEN 'sign' THEN '部门签发' WHEN 'confirm' THEN '核对' WHEN 'review' THEN '牵头审核' ELSE '政府审定' END,
  office = CASE action WHEN 'sign' THEN 'owner' WHEN 'confirm' THEN 'confirmer' ELSE 'any' END::step_office;--> statement-breakpoint
ALTER TABLE "route_steps" ALTER COLUMN "name" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "route_steps" ALTER COLUMN "office" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "route_steps" ADD COLUMN "mode" "step_mode" DEFAULT 'any' NOT NULL;--> statement-breakpoint
ALTER TABLE "route_steps" ADD COLUMN "quorum" integer;--> statement-breakpoint
ALTER TABLE "route_steps" ADD COLUMN "skippable" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "route_steps" ADD COLUMN "due_on" date;--> statement-breakpoint
ALTER TABLE "routes" ADD COLUMN "archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sections" ADD COLUMN "step_id" uuid;--> statement-breakpoint
ALTER TABLE "sections" ADD COLUMN "round" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sections" ADD COLUMN "came_from" text;--> statement-breakpoint
ALTER TABLE "sections" ADD COLUMN "comeback_step_id" uuid;--> statement-breakpoint
ALTER TABLE "sections" ADD COLUMN "comeback_resumes" boolean;--> statement-breakpoint
ALTER TABLE "sections" ADD COLUMN "permitted_until" date;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "step_id" uuid;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "round" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "came_from" text;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "comeback_step_id" uuid;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "comeback_resumes" boolean;--> statement-breakpoint
ALTER TABLE "indicators" ADD COLUMN "permitted_until" date;--> statement-breakpoint
ALTER TABLE "review_reasons" ADD COLUMN "range_from" integer;--> statement-breakpoint
ALTER TABLE "review_reasons" ADD COLUMN "range_to" integer;--> statement-breakpoint
ALTER TABLE "review_reasons" ADD COLUMN "kind" "reason_kind" DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE "review_reasons" ADD COLUMN "severity" "reason_severity" DEFAULT 'must' NOT NULL;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "step_id" uuid;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "round" integer;--> statement-breakpoint
ALTER TABLE "reviews" ADD COLUMN "seat_id" uuid;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_revision_id_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_indicator_revision_id_indicator_revisions_id_fk" FOREIGN KEY ("indicator_revision_id") REFERENCES "public"."indicator_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_earlier_revision_id_revisions_id_fk" FOREIGN KEY ("earlier_revision_id") REFERENCES "public"."revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "looks" ADD CONSTRAINT "looks_earlier_indicator_revision_id_indicator_revisions_id_fk" FOREIGN KEY ("earlier_indicator_revision_id") REFERENCES "public"."indicator_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reason_answers" ADD CONSTRAINT "reason_answers_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reason_answers" ADD CONSTRAINT "reason_answers_reason_id_review_reasons_id_fk" FOREIGN KEY ("reason_id") REFERENCES "public"."review_reasons"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reason_answers" ADD CONSTRAINT "reason_answers_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reason_answers" ADD CONSTRAINT "reason_answers_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_step_id_route_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."route_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_membership_id_memberships_id_fk" FOREIGN KEY ("membership_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_from_id_memberships_id_fk" FOREIGN KEY ("from_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stale_approvals" ADD CONSTRAINT "stale_approvals_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stale_approvals" ADD CONSTRAINT "stale_approvals_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stale_approvals" ADD CONSTRAINT "stale_approvals_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stale_approvals" ADD CONSTRAINT "stale_approvals_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stale_approvals" ADD CONSTRAINT "stale_approvals_revision_id_revisions_id_fk" FOREIGN KEY ("revision_id") REFERENCES "public"."revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stale_approvals" ADD CONSTRAINT "stale_approvals_indicator_revision_id_indicator_revisions_id_fk" FOREIGN KEY ("indicator_revision_id") REFERENCES "public"."indicator_revisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_skips" ADD CONSTRAINT "step_skips_step_id_route_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."route_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_skips" ADD CONSTRAINT "step_skips_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_skips" ADD CONSTRAINT "step_skips_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_permits" ADD CONSTRAINT "late_permits_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_permits" ADD CONSTRAINT "late_permits_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_permits" ADD CONSTRAINT "late_permits_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_permits" ADD CONSTRAINT "late_permits_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_permits" ADD CONSTRAINT "late_permits_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "late_permits" ADD CONSTRAINT "late_permits_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_section_id_sections_id_fk" FOREIGN KEY ("section_id") REFERENCES "public"."sections"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_indicator_id_indicators_id_fk" FOREIGN KEY ("indicator_id") REFERENCES "public"."indicators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reminders" ADD CONSTRAINT "reminders_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timetables" ADD CONSTRAINT "timetables_report_id_reports_id_fk" FOREIGN KEY ("report_id") REFERENCES "public"."reports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timetables" ADD CONSTRAINT "timetables_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mails" ADD CONSTRAINT "mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_choices" ADD CONSTRAINT "notice_choices_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_settings" ADD CONSTRAINT "notice_settings_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_settings" ADD CONSTRAINT "notice_settings_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_calls" ADD CONSTRAINT "webhook_calls_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_calls" ADD CONSTRAINT "webhook_calls_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_jurisdiction_id_jurisdictions_id_fk" FOREIGN KEY ("jurisdiction_id") REFERENCES "public"."jurisdictions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reason_answers_reason_id_created_at_index" ON "reason_answers" USING btree ("reason_id","created_at");--> statement-breakpoint
CREATE INDEX "seats_membership_id_index" ON "seats" USING btree ("membership_id");--> statement-breakpoint
CREATE INDEX "seats_section_id_index" ON "seats" USING btree ("section_id");--> statement-breakpoint
CREATE INDEX "sections_step_id_index" ON "sections" USING btree ("step_id");--> statement-breakpoint
CREATE INDEX "indicators_step_id_index" ON "indicators" USING btree ("step_id");--> statement-breakpoint
CREATE INDEX "seats_indicator_id_index" ON "seats" USING btree ("indicator_id");--> statement-breakpoint
CREATE INDEX "stale_approvals_section_id_index" ON "stale_approvals" USING btree ("section_id");--> statement-breakpoint
CREATE INDEX "stale_approvals_indicator_id_index" ON "stale_approvals" USING btree ("indicator_id");--> statement-breakpoint
CREATE INDEX "late_permits_report_id_created_at_index" ON "late_permits" USING btree ("report_id","created_at");--> statement-breakpoint
CREATE INDEX "reminders_report_id_created_at_index" ON "reminders" USING btree ("report_id","created_at");--> statement-breakpoint
CREATE INDEX "mails_jurisdiction_id_created_at_index" ON "mails" USING btree ("jurisdiction_id","created_at");--> statement-breakpoint
CREATE INDEX "mails_unsent" ON "mails" USING btree ("jurisdiction_id","not_before") WHERE sent_at is null;--> statement-breakpoint
CREATE INDEX "mails_user_id_created_at_index" ON "mails" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "webhook_calls_unsent" ON "webhook_calls" USING btree ("jurisdiction_id","not_before") WHERE sent_at is null;--> statement-breakpoint
CREATE INDEX "notifications_awaiting" ON "notifications" USING btree ("membership_id") WHERE awaits_digest;--> statement-breakpoint
CREATE INDEX "webhook_calls_jurisdiction_id_created_at_index" ON "webhook_calls" USING btree ("jurisdiction_id","created_at");--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_organ_id_organs_id_fk" FOREIGN KEY ("organ_id") REFERENCES "public"."organs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_step_id_route_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."route_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_acting_for_memberships_id_fk" FOREIGN KEY ("acting_for") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_step_id_route_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."route_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sections" ADD CONSTRAINT "sections_step_id_route_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."route_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sections" ADD CONSTRAINT "sections_comeback_step_id_route_steps_id_fk" FOREIGN KEY ("comeback_step_id") REFERENCES "public"."route_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_step_id_route_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."route_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_comeback_step_id_route_steps_id_fk" FOREIGN KEY ("comeback_step_id") REFERENCES "public"."route_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_step_id_route_steps_id_fk" FOREIGN KEY ("step_id") REFERENCES "public"."route_steps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_seat_id_memberships_id_fk" FOREIGN KEY ("seat_id") REFERENCES "public"."memberships"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "memberships_acting_for_index" ON "memberships" USING btree ("acting_for");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_active" ON "memberships" USING btree ("user_id","organ_id","role") WHERE ended_at is null and acting_for is null;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_acting" CHECK ((acting_for is not null) = (starts_at is not null) and (acting_for is not null) = (ends_at is not null));--> statement-breakpoint
ALTER TABLE "route_steps" ADD CONSTRAINT "route_steps_quorum" CHECK ((mode = 'quorum') = (quorum is not null) and coalesce(quorum, 1) > 0);--> statement-breakpoint
ALTER TABLE "review_reasons" ADD CONSTRAINT "review_reasons_range" CHECK ((range_from is null) = (range_to is null) and (range_from is null or (block_id is not null and range_from >= 0 and range_from < range_to)));--> statement-breakpoint
-- Verdicts given so far were given at the steps of their verbs: nobody passes at a second step what they passed at a first.
UPDATE reviews v SET step_id = t.id, round = 0, seat_id = v.membership_id
  FROM routes r JOIN route_steps t ON t.route_id = r.id
 WHERE r.report_id = v.report_id
   AND t.action = CASE v.verdict WHEN 'sign' THEN 'sign' WHEN 'confirm' THEN 'confirm' WHEN 'pass' THEN 'review'
                                 WHEN 'approve' THEN 'approve' END::route_action;--> statement-breakpoint
-- Items under way stand at the step that their state names.
UPDATE sections x SET step_id = t.id, round = 1, came_from = 'author'
  FROM routes r JOIN route_steps t ON t.route_id = r.id
 WHERE r.report_id = x.report_id
   AND ((x.status = 'signing' AND t.action = 'sign') OR (x.status = 'reviewing' AND t.action = 'review'));--> statement-breakpoint
UPDATE indicators x SET step_id = t.id, round = 1, came_from = 'author'
  FROM routes r JOIN route_steps t ON t.route_id = r.id
 WHERE r.report_id = x.report_id
   AND ((x.status = 'signing' AND t.action = 'sign') OR (x.status = 'confirming' AND t.action = 'confirm')
        OR (x.status = 'reviewing' AND t.action = 'review'));--> statement-breakpoint
UPDATE reports x SET step_id = t.id, round = 1
  FROM routes r JOIN route_steps t ON t.route_id = r.id
 WHERE r.report_id = x.id AND x.status = 'approving' AND t.action = 'approve';
