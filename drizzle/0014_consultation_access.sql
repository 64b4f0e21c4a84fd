-- 征求意见: who may answer, who reads which answer, who decides on it. Twin: domain/consultation/policy.ts;
-- domain/consultation/access.db.test.ts proves that they agree.
GRANT SELECT, INSERT, UPDATE (withdrawn_at) ON consultation_replies TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON dispositions, consultation_publications TO huibao_app;
--> statement-breakpoint

-- The departments that an edition was given to for their comments, each with the last day that it was asked for: those with
-- a drafter or signer among the recipients. A department learns of itself alone.
CREATE FUNCTION consulted_organs(wanted uuid) RETURNS TABLE (organ_id uuid, answer_by date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT o.id, max(d.answer_by)
    FROM public.editions e
    JOIN public.deliveries d ON d.edition_id = e.id
    JOIN public.organs o ON o.jurisdiction_id = e.jurisdiction_id AND o.kind IN ('department', 'lead')
   WHERE e.id = wanted AND e.kind = 'consultation' AND e.jurisdiction_id = public.actor_jurisdiction()
     AND (public.actor_role() IN ('lead', 'approver')
          OR (public.actor_role() IN ('drafter', 'signer') AND o.id = public.actor_organ()))
     AND (d.to_organ_id = o.id
          OR EXISTS (SELECT 1 FROM public.memberships m
                      WHERE m.organ_id = o.id AND m.ended_at IS NULL AND m.role IN ('drafter', 'signer')
                        AND (m.role = d.to_role OR m.id = d.to_membership_id)))
   GROUP BY o.id
$$;
--> statement-breakpoint
-- The newest edition of the report that was sealed after this one: that there is one and which, never what it says.
CREATE FUNCTION edition_after(wanted uuid) RETURNS TABLE (edition_id uuid, number integer, kind edition_kind)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT l.id, l.number, l.kind
    FROM public.editions e JOIN public.editions l ON l.report_id = e.report_id AND l.number > e.number
   WHERE e.id = wanted AND e.jurisdiction_id = public.actor_jurisdiction()
     AND public.actor_role() IN ('drafter', 'signer', 'lead', 'approver')
   ORDER BY l.number DESC LIMIT 1
$$;
--> statement-breakpoint
-- Apart from the policies, which would ask each other in a circle.
CREATE FUNCTION is_disposed(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT 1 FROM public.dispositions d
                  WHERE d.reply_id = wanted AND d.jurisdiction_id = public.actor_jurisdiction())
$$;
--> statement-breakpoint
-- Also to a colleague of whoever was given the edition by name: they read their department's answers and not the edition.
CREATE FUNCTION is_published(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT 1 FROM public.consultation_publications p
                  WHERE p.edition_id = wanted AND p.jurisdiction_id = public.actor_jurisdiction())
$$;
--> statement-breakpoint
-- When the departments that owe an answer were last reminded of it, for the lead bureau.
CREATE FUNCTION answers_urged_at(wanted uuid) RETURNS timestamptz
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT max(o.created_at) FROM public.outbox o
   WHERE o.edition_id = wanted AND o.event = 'consultation.urged'
     AND o.jurisdiction_id = public.actor_jurisdiction() AND public.actor_role() = 'lead'
$$;
--> statement-breakpoint
-- Who can open the edition that an event is about: whom it was given to at any time, and whoever acts for them.
CREATE FUNCTION edition_posts(wanted uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT m.id
    FROM public.outbox o
    JOIN public.deliveries d ON d.edition_id = o.edition_id AND d.jurisdiction_id = o.jurisdiction_id
    JOIN public.memberships m ON m.jurisdiction_id = d.jurisdiction_id AND m.role IN ('drafter', 'signer', 'clerk', 'member')
     AND (d.to_role = m.role OR d.to_organ_id = m.organ_id OR d.to_membership_id = coalesce(m.acting_for, m.id))
   WHERE o.id = wanted
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION edition_posts(uuid), consulted_organs(uuid), edition_after(uuid), is_disposed(uuid), is_published(uuid), answers_urged_at(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION consulted_organs(uuid), edition_after(uuid), is_disposed(uuid), is_published(uuid), answers_urged_at(uuid) TO huibao_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION edition_posts(uuid) TO huibao_worker;
--> statement-breakpoint

-- Read by those who answer for the whole and, of an edition that they were given, by the departments.
CREATE POLICY see ON consultation_publications FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver')
  AND EXISTS (SELECT 1 FROM editions e WHERE e.id = consultation_publications.edition_id));
--> statement-breakpoint
CREATE POLICY add ON consultation_publications FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead'
  AND published_by = (SELECT actor_user())
  AND EXISTS (SELECT 1 FROM editions e WHERE e.id = consultation_publications.edition_id AND e.kind = 'consultation'));
--> statement-breakpoint

-- A department reads all of its own, and of the others' what was disposed of once the table is published; those who answer
-- for the whole what was not withdrawn.
CREATE POLICY see ON consultation_replies FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND CASE
        WHEN (SELECT actor_role()) IN ('lead', 'approver') THEN withdrawn_at IS NULL
        WHEN (SELECT actor_role()) IN ('drafter', 'signer') THEN
          organ_id = (SELECT actor_organ())
          OR (withdrawn_at IS NULL
              AND EXISTS (SELECT 1 FROM consultation_publications p WHERE p.edition_id = consultation_replies.edition_id)
              AND (kind = 'none' OR is_disposed(id)))
        ELSE false
      END);
--> statement-breakpoint
CREATE POLICY add ON consultation_replies FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer')
  AND organ_id = (SELECT actor_organ()) AND author_id = (SELECT actor_user()) AND withdrawn_at IS NULL
  AND EXISTS (SELECT 1 FROM editions e WHERE e.id = consultation_replies.edition_id
               AND (section_id IS NULL
                    OR EXISTS (SELECT 1 FROM sections s WHERE s.id = consultation_replies.section_id AND s.report_id = e.report_id)))
  AND NOT is_published(edition_id)
  AND EXISTS (SELECT 1 FROM consulted_organs(edition_id) c WHERE c.organ_id = consultation_replies.organ_id));
--> statement-breakpoint
-- What was decided on stays as it was decided on, all of it once the table is published, and 无意见 once a later edition is sealed.
CREATE POLICY change ON consultation_replies FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer')
  AND organ_id = (SELECT actor_organ()) AND withdrawn_at IS NULL AND NOT is_disposed(id)
  AND NOT is_published(edition_id)
  AND (kind = 'comment' OR NOT EXISTS (SELECT 1 FROM edition_after(edition_id))))
WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer')
  AND organ_id = (SELECT actor_organ()));
--> statement-breakpoint

-- Who sees the comment sees what became of it (its policy applies here too).
CREATE POLICY see ON dispositions FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND EXISTS (SELECT 1 FROM consultation_replies r WHERE r.id = dispositions.reply_id));
--> statement-breakpoint
CREATE POLICY add ON dispositions FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead' AND decided_by = (SELECT actor_user())
  AND EXISTS (SELECT 1 FROM consultation_replies r
               WHERE r.id = dispositions.reply_id AND r.organ_id = dispositions.organ_id AND r.kind = 'comment'
                 AND NOT is_published(r.edition_id)));
