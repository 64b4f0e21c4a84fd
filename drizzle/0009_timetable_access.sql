-- Timetable, permits and reminders: who may see and write what. Twin: domain/timetable/policy.ts;
-- domain/timetable/access.db.test.ts proves that they agree.
GRANT SELECT, INSERT, UPDATE (sitting_on, sitting_name, version, updated_label, updated_at) ON timetables TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (amount, unit, "on") ON milestones TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON late_permits, reminders TO huibao_app;
--> statement-breakpoint
CREATE POLICY see ON timetables FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON timetables FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead'
  AND EXISTS (SELECT 1 FROM reports r WHERE r.id = timetables.report_id));
--> statement-breakpoint
CREATE POLICY change ON timetables FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint
CREATE POLICY see ON milestones FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON milestones FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead'
  AND EXISTS (SELECT 1 FROM timetables t WHERE t.report_id = milestones.report_id));
--> statement-breakpoint
CREATE POLICY change ON milestones FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint
-- A permit and a reminder are read by the department that they go to and by those who answer for the whole.
CREATE POLICY see ON late_permits FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) IN ('drafter', 'signer') AND organ_id = (SELECT actor_organ()))));
--> statement-breakpoint
CREATE POLICY add ON late_permits FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead' AND author_id = (SELECT actor_user())
  AND (EXISTS (SELECT 1 FROM sections s WHERE s.id = late_permits.section_id
                AND s.report_id = late_permits.report_id AND s.organ_id = late_permits.organ_id)
       OR EXISTS (SELECT 1 FROM indicators i WHERE i.id = late_permits.indicator_id
                   AND i.report_id = late_permits.report_id AND i.organ_id = late_permits.organ_id)));
--> statement-breakpoint
CREATE POLICY see ON reminders FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) IN ('drafter', 'signer') AND organ_id = (SELECT actor_organ()))));
--> statement-breakpoint
CREATE POLICY add ON reminders FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead' AND kind = 'urge'
  AND author_id = (SELECT actor_user())
  AND (EXISTS (SELECT 1 FROM sections s WHERE s.id = reminders.section_id
                AND s.report_id = reminders.report_id AND s.organ_id = reminders.organ_id)
       OR EXISTS (SELECT 1 FROM indicators i WHERE i.id = reminders.indicator_id
                   AND i.report_id = reminders.report_id AND reminders.organ_id IN (i.organ_id, i.confirm_organ_id))));
--> statement-breakpoint
-- The approver may change a report's state, never its day.
CREATE TRIGGER guard_days BEFORE UPDATE ON reports FOR EACH ROW
  WHEN (OLD.due_on IS DISTINCT FROM NEW.due_on) EXECUTE FUNCTION guard_days();
--> statement-breakpoint
-- The day that counts for an item of an own and a permitted day, at a step with its day and office, or without one. Twin:
-- domain/timetable/due.ts, which has the rule. No search_path of its own, so that it is worked out within a query.
CREATE FUNCTION day_that_counts(own date, permitted date, step date, office step_office) RETURNS date
LANGUAGE sql IMMUTABLE AS $$
  SELECT greatest(CASE office WHEN 'owner' THEN greatest(own, step) ELSE coalesce(step, own) END, permitted)
$$;
--> statement-breakpoint
-- What departments still owe, who of them holds it, and by when: of one report, or of all that are being collected; `d`
-- is the step whose day counts (domain/timetable/due.ts). What is before the lead bureau is nobody else's to be reminded
-- of. Runs as its caller: row-level security applies.
CREATE FUNCTION owed_items(report uuid)
RETURNS TABLE (item uuid, is_section boolean, jurisdiction_id uuid, report_id uuid, organ_id uuid, held_by role, due_on date)
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
  SELECT x.id, true, x.jurisdiction_id, x.report_id, x.organ_id, coalesce(t.role, 'drafter'),
         public.day_that_counts(x.due_on, x.permitted_until, d.due_on, d.office)
    FROM public.sections x
    JOIN public.reports r ON r.id = x.report_id AND r.status = 'collecting'
    LEFT JOIN public.route_steps t ON t.id = x.step_id
    LEFT JOIN public.route_steps d ON d.id = coalesce(x.step_id, x.comeback_step_id)
   WHERE (report IS NULL OR x.report_id = report) AND x.status <> 'approved'
     AND x.kind NOT IN ('part', 'chapter', 'indicators') AND (t.id IS NULL OR t.office = 'owner')
  UNION ALL
  SELECT x.id, false, x.jurisdiction_id, x.report_id, CASE t.office WHEN 'confirmer' THEN x.confirm_organ_id ELSE x.organ_id END,
         coalesce(t.role, 'drafter'), public.day_that_counts(x.due_on, x.permitted_until, d.due_on, d.office)
    FROM public.indicators x
    JOIN public.reports r ON r.id = x.report_id AND r.status = 'collecting'
    LEFT JOIN public.route_steps t ON t.id = x.step_id
    LEFT JOIN public.route_steps d ON d.id = coalesce(x.step_id, x.comeback_step_id)
   WHERE (report IS NULL OR x.report_id = report) AND x.status <> 'approved' AND x.removed_at IS NULL
     AND (t.id IS NULL OR t.office = 'owner' OR (t.office = 'confirmer' AND x.confirm_organ_id IS NOT NULL))
$$;
--> statement-breakpoint
-- For the worker: which items may be reminded of, by id and day alone, and when their department was reminded last.
CREATE FUNCTION days_owed() RETURNS TABLE (item uuid, due_on date, soon_on date, escalated_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.item, o.due_on, max(r."on") FILTER (WHERE r.kind = 'soon'), max(r."on") FILTER (WHERE r.kind = 'escalate')
    FROM public.owed_items(NULL) o
    LEFT JOIN public.reminders r ON r.report_id = o.report_id AND r.organ_id = o.organ_id
                                AND coalesce(r.section_id, r.indicator_id) = o.item AND r.kind IN ('soon', 'escalate')
   GROUP BY o.item, o.due_on
$$;
--> statement-breakpoint
-- For the worker: writes the day's reminders and one event for each department and kind. The unique day decides what is
-- new, so that a repetition writes nothing; an event without a new reminder is not written. Gives how many are new.
CREATE FUNCTION add_reminders(day date, plan jsonb) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH wanted AS (
    SELECT o.*, p.kind, CASE p.kind WHEN 'escalate' THEN 'signer' ELSE o.held_by END AS told
      FROM jsonb_to_recordset(plan) AS p(item uuid, kind public.reminder_kind)
      JOIN public.owed_items(NULL) o ON o.item = p.item
     WHERE p.kind <> 'urge'
  ), events AS MATERIALIZED (
    SELECT gen_random_uuid() AS id, w.jurisdiction_id, w.report_id, w.organ_id, w.kind, w.told
      FROM wanted w GROUP BY w.jurisdiction_id, w.report_id, w.organ_id, w.kind, w.told
  ), kept AS (
    INSERT INTO public.reminders (jurisdiction_id, report_id, section_id, indicator_id, organ_id, kind, outbox_id, "on",
                                  due_on, created_at)
    SELECT w.jurisdiction_id, w.report_id, CASE WHEN w.is_section THEN w.item END, CASE WHEN NOT w.is_section THEN w.item END,
           w.organ_id, w.kind, e.id, day, w.due_on, now()
      FROM wanted w JOIN events e USING (report_id, organ_id, kind, told)
     ORDER BY w.item
    ON CONFLICT DO NOTHING
    RETURNING outbox_id
  ), announced AS (
    INSERT INTO public.outbox (id, jurisdiction_id, event, report_id, organ_id, mentions, actor_id, actor_label, created_at)
    SELECT e.id, e.jurisdiction_id,
           CASE e.kind WHEN 'soon' THEN 'reminder.soon' WHEN 'late' THEN 'reminder.late' ELSE 'reminder.escalated' END,
           e.report_id, e.organ_id, ARRAY[e.told], NULL, '系统', now()
      FROM events e WHERE e.id IN (SELECT k.outbox_id FROM kept k)
  )
  SELECT count(*)::int FROM kept
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION day_that_counts(date, date, date, step_office), owed_items(uuid), days_owed(), add_reminders(date, jsonb) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION day_that_counts(date, date, date, step_office), owed_items(uuid) TO huibao_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION days_owed(), add_reminders(date, jsonb) TO huibao_worker;
--> statement-breakpoint
-- What a reminder's notice and mail speak of.
GRANT SELECT (outbox_id, section_id, indicator_id, organ_id, kind, "on", due_on) ON reminders TO huibao_worker;
--> statement-breakpoint
CREATE POLICY deliver ON reminders FOR SELECT TO huibao_worker USING (true);
