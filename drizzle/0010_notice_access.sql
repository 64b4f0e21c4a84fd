-- Telling people outside the desk: own settings, mails, the webhook. Twins: domain/notice/policy.ts.
GRANT SELECT, INSERT, UPDATE (email, locale, quiet_from, quiet_until, updated_at) ON notice_settings TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (mail), DELETE ON notice_choices TO huibao_app;
--> statement-breakpoint
-- How a mail went and to whom, for its reader and the system administrator; its words for nobody in the application.
GRANT SELECT (id, jurisdiction_id, user_id, event, address, attempts, last_error, not_before, sent_at, failed_at, created_at),
  INSERT, UPDATE (attempts, not_before, failed_at) ON mails TO huibao_app;
--> statement-breakpoint
-- The secret goes in and never comes out.
GRANT SELECT (jurisdiction_id, url, enabled, updated_label, updated_at), INSERT,
  UPDATE (url, secret, enabled, updated_label, updated_at) ON webhooks TO huibao_app;
--> statement-breakpoint
GRANT SELECT, UPDATE (attempts, not_before, failed_at) ON webhook_calls TO huibao_app;
--> statement-breakpoint
CREATE POLICY own ON notice_settings FOR ALL TO huibao_app USING (user_id = (SELECT actor_user()))
WITH CHECK (jurisdiction_id = (SELECT actor_jurisdiction()) AND user_id = (SELECT actor_user()));
--> statement-breakpoint
CREATE POLICY own ON notice_choices FOR ALL TO huibao_app USING (user_id = (SELECT actor_user()))
WITH CHECK (jurisdiction_id = (SELECT actor_jurisdiction()) AND user_id = (SELECT actor_user()));
--> statement-breakpoint
CREATE POLICY see ON mails FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (user_id = (SELECT actor_user()) OR (SELECT actor_role()) = 'sysadmin'));
--> statement-breakpoint
-- What the application sends itself: a mail to one's own address, to try it.
CREATE POLICY add_test ON mails FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND user_id = (SELECT actor_user()) AND event = 'test'
  AND address = (SELECT s.email FROM notice_settings s WHERE s.user_id = mails.user_id));
--> statement-breakpoint
CREATE POLICY change ON mails FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'sysadmin' AND sent_at IS NULL);
--> statement-breakpoint
CREATE POLICY own ON webhooks FOR ALL TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'sysadmin');
--> statement-breakpoint
CREATE POLICY see ON webhook_calls FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'sysadmin');
--> statement-breakpoint
CREATE POLICY change ON webhook_calls FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'sysadmin' AND sent_at IS NULL);
--> statement-breakpoint

-- The worker: the mails and calls themselves, and of everything else only what the functions below give it.
GRANT SELECT, INSERT, UPDATE (subject, text, html, attempts, last_error, not_before, sent_at, failed_at) ON mails TO huibao_worker;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (attempts, last_error, not_before, sent_at, failed_at) ON webhook_calls TO huibao_worker;
--> statement-breakpoint
GRANT SELECT ON webhooks TO huibao_worker;
--> statement-breakpoint
GRANT UPDATE (awaits_digest) ON notifications TO huibao_worker;
--> statement-breakpoint
CREATE POLICY deliver ON mails FOR ALL TO huibao_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY deliver ON webhook_calls FOR ALL TO huibao_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY deliver ON webhooks FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint

-- What a mail says of an event: names, days, the reasons of a return, the words of a remark, what a reminder is about.
CREATE FUNCTION notice_facts(wanted uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT jsonb_build_object(
    'event', o.event, 'at', o.created_at, 'by', o.actor_label,
    'reportSlug', r.slug, 'reportName', r.name, 'editionId', o.edition_id, 'remarkId', o.remark_id,
    'sectionId', s.id, 'title', coalesce(s.title, i.official_name), 'position', coalesce(s.position, i.position), 'indicatorId', i.id, 'step', t.name,
    'dueOn', coalesce(public.day_that_counts(coalesce(s.due_on, i.due_on), coalesce(s.permitted_until, i.permitted_until),
                                             d.due_on, d.office), r.due_on),
    'remark', CASE WHEN o.event = 'remark.answered'
      THEN (SELECT a.text FROM public.remark_replies a
             WHERE a.remark_id = o.remark_id AND a.jurisdiction_id = o.jurisdiction_id AND a.author_id = o.actor_id AND a.created_at <= o.created_at + interval '5 seconds'
             ORDER BY a.created_at DESC LIMIT 1)
      ELSE (SELECT k.text FROM public.remarks k WHERE k.id = o.remark_id AND k.jurisdiction_id = o.jurisdiction_id) END,
    'reasons', CASE WHEN o.event IN ('section.returned', 'indicator.returned', 'report.returned') THEN
      (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'kind', x.kind, 'severity', x.severity, 'quote', x.quote, 'text', x.text,
                'title', coalesce(xs.title, xi.official_name)) ORDER BY xs.position, xi.position, x.created_at, x.id), '[]')
         FROM public.review_reasons x
         LEFT JOIN public.sections xs ON xs.id = x.section_id
         LEFT JOIN public.indicators xi ON xi.id = x.indicator_id
        WHERE x.review_id = (SELECT v.id FROM public.reviews v
                              WHERE v.report_id = r.id AND v.verdict = 'return' AND v.user_id = o.actor_id
                                AND v.created_at <= o.created_at + interval '5 seconds'
                                AND CASE o.event WHEN 'report.returned' THEN v.section_id IS NULL AND v.indicator_id IS NULL
                                      ELSE EXISTS (SELECT 1 FROM public.review_reasons y
                                                    WHERE y.review_id = v.id
                                                      AND (y.section_id = o.section_id OR y.indicator_id = o.indicator_id)) END
                              ORDER BY v.created_at DESC LIMIT 1)
          AND (o.event = 'report.returned' OR x.section_id = o.section_id OR x.indicator_id = o.indicator_id))
      ELSE '[]' END,
    'reason', CASE WHEN o.event = 'permit.given' THEN
      (SELECT p.reason FROM public.late_permits p
        WHERE p.report_id = r.id AND p.organ_id = o.organ_id AND p.author_id = o.actor_id AND p.created_at = o.created_at LIMIT 1) END,
    'items', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                'sectionId', d.section_id, 'indicatorId', d.indicator_id, 'title', coalesce(ds.title, di.official_name),
                'dueOn', d.due_on) ORDER BY d.due_on, ds.position, di.position, d.id), '[]')
                FROM (SELECT m.id, m.section_id, m.indicator_id, m.due_on FROM public.reminders m
                       WHERE m.outbox_id = o.id AND m.jurisdiction_id = o.jurisdiction_id
                      UNION ALL
                      SELECT p.id, p.section_id, p.indicator_id, p.until FROM public.late_permits p
                       WHERE o.event = 'permit.given' AND p.report_id = r.id AND p.organ_id = o.organ_id
                         AND p.author_id = o.actor_id AND p.created_at = o.created_at) d
                LEFT JOIN public.sections ds ON ds.id = d.section_id
                LEFT JOIN public.indicators di ON di.id = d.indicator_id))
    FROM public.outbox o
    JOIN public.reports r ON r.id = o.report_id AND r.jurisdiction_id = o.jurisdiction_id
    LEFT JOIN public.sections s ON s.id = o.section_id AND s.jurisdiction_id = o.jurisdiction_id
    LEFT JOIN public.indicators i ON i.id = o.indicator_id AND i.jurisdiction_id = o.jurisdiction_id
    LEFT JOIN public.route_steps t ON t.id = o.step_id AND t.jurisdiction_id = o.jurisdiction_id
    LEFT JOIN public.route_steps d ON d.jurisdiction_id = o.jurisdiction_id
          AND d.id = coalesce(o.step_id, s.step_id, s.comeback_step_id, i.step_id, i.comeback_step_id)
   WHERE o.id = wanted
$$;
--> statement-breakpoint
-- To whom an event that is on desks can also be mailed, and how each of them wants it. One row for each post.
CREATE FUNCTION mail_readers(wanted uuid)
RETURNS TABLE (notification_id uuid, user_id uuid, jurisdiction_id uuid, email text, locale text, quiet_from text,
               quiet_until text, choice text, organ text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT n.id, m.user_id, n.jurisdiction_id, p.email, p.locale, p.quiet_from::text, p.quiet_until::text, c.mail::text,
         g.short_name, m.role::text
    FROM public.notifications n
    JOIN public.outbox o ON o.id = n.outbox_id
    JOIN public.memberships m ON m.id = n.membership_id
    JOIN public.users u ON u.id = m.user_id AND u.disabled_at IS NULL
    JOIN public.organs g ON g.id = m.organ_id
    JOIN public.notice_settings p ON p.user_id = m.user_id AND p.email IS NOT NULL
    LEFT JOIN public.notice_choices c ON c.user_id = m.user_id AND c.event = o.event
   WHERE n.outbox_id = wanted
   ORDER BY m.user_id, m.acting_for IS NOT NULL, m.created_at, m.id
$$;
--> statement-breakpoint
-- The quiet hours of who still wants this mail: the account is open, the address is theirs, and of an event's mail the post
-- that it came to is held. No row when nobody does, or when it has no words any more.
CREATE FUNCTION mail_wanted(wanted uuid) RETURNS TABLE (quiet_from text, quiet_until text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN e.event <> 'test' THEN p.quiet_from::text END, CASE WHEN e.event <> 'test' THEN p.quiet_until::text END
    FROM public.mails e
    JOIN public.users u ON u.id = e.user_id AND u.disabled_at IS NULL
    JOIN public.notice_settings p ON p.user_id = e.user_id AND p.email = e.address
    CROSS JOIN LATERAL (SELECT CASE WHEN starts_with(e.key, 'event:') THEN split_part(e.key, ':', 2)::uuid END AS event_id) k
   WHERE e.id = wanted AND e.subject <> ''
     AND EXISTS (SELECT 1 FROM public.memberships m
                  WHERE m.user_id = e.user_id AND public.is_held(m)
                    AND (k.event_id IS NULL
                         OR EXISTS (SELECT 1 FROM public.notifications n WHERE n.outbox_id = k.event_id AND n.membership_id = m.id)))
$$;
--> statement-breakpoint
-- Every notice that waits for a digest, with its reader (without an address when it has been taken away since).
CREATE FUNCTION digest_lines()
RETURNS TABLE (notification_id uuid, outbox_id uuid, user_id uuid, jurisdiction_id uuid, email text, locale text,
               quiet_from text, quiet_until text, organ text, role text, facts jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT n.id, n.outbox_id, m.user_id, n.jurisdiction_id, CASE WHEN u.disabled_at IS NULL AND public.is_held(m) THEN p.email END,
         p.locale, p.quiet_from::text, p.quiet_until::text, g.short_name, m.role::text, public.notice_facts(n.outbox_id)
    FROM public.notifications n
    JOIN public.memberships m ON m.id = n.membership_id
    JOIN public.users u ON u.id = m.user_id
    JOIN public.organs g ON g.id = m.organ_id
    LEFT JOIN public.notice_settings p ON p.user_id = m.user_id
   WHERE n.awaits_digest
   ORDER BY m.user_id, n.created_at, n.id
$$;
--> statement-breakpoint

-- Events that could not be put on desks yet, for the system administrator; the queue itself belongs to the owner.
CREATE FUNCTION stuck_events()
RETURNS TABLE (event_id uuid, event text, attempts integer, most integer, last_error text, next_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id, o.event, j.attempts::int, j.max_attempts::int, left(split_part(j.last_error, E'\n', 1), 300), j.run_at
    FROM graphile_worker._private_jobs j
    JOIN graphile_worker._private_tasks t ON t.id = j.task_id AND t.identifier = 'deliver-event'
    JOIN public.outbox o ON o.id::text = j.payload ->> 'event'
   WHERE j.last_error IS NOT NULL AND j.attempts > 0 AND o.jurisdiction_id = public.actor_jurisdiction() AND public.actor_role() = 'sysadmin'
   ORDER BY j.run_at LIMIT 50
$$;
--> statement-breakpoint
CREATE FUNCTION retry_event(wanted uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM public.stuck_events() x WHERE x.event_id = wanted) THEN RETURN false; END IF;
  PERFORM graphile_worker.reschedule_jobs(ARRAY[j.id], run_at := now(), attempts := 0)
     FROM graphile_worker._private_jobs j WHERE j.key = 'event-' || wanted;
  RETURN true;
END $$;
--> statement-breakpoint

-- The job is added in the transaction that makes the mail or the call, or puts it off: neither is there without the other.
-- One mail at a time and one call at a time, so that a server that does not answer never keeps events from the desks.
CREATE FUNCTION enqueue_mail() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM graphile_worker.add_job('send-mail', json_build_object('mail', NEW.id), queue_name := 'mails', run_at := NEW.not_before, job_key := 'mail-' || NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER enqueue AFTER INSERT OR UPDATE OF not_before ON mails FOR EACH ROW
  WHEN (NEW.sent_at IS NULL AND NEW.failed_at IS NULL) EXECUTE FUNCTION enqueue_mail();
--> statement-breakpoint
CREATE FUNCTION enqueue_call() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM graphile_worker.add_job('call-webhook', json_build_object('call', NEW.id), queue_name := 'calls', run_at := NEW.not_before, job_key := 'call-' || NEW.id);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER enqueue AFTER INSERT OR UPDATE OF not_before ON webhook_calls FOR EACH ROW
  WHEN (NEW.sent_at IS NULL AND NEW.failed_at IS NULL) EXECUTE FUNCTION enqueue_call();
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION notice_facts(uuid), mail_readers(uuid), mail_wanted(uuid), digest_lines(), stuck_events(), retry_event(uuid),
  enqueue_mail(), enqueue_call() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION notice_facts(uuid), mail_readers(uuid), mail_wanted(uuid), digest_lines() TO huibao_worker;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION stuck_events(), retry_event(uuid) TO huibao_app;
