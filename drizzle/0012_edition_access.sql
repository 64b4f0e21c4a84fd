-- Who is given an edition, who has opened it, and what a stranger is told who has its code (written by hand). Twin:
-- domain/edition/policy.ts; domain/sight.db.test.ts and domain/edition/access.db.test.ts prove that they agree.

GRANT SELECT, INSERT ON receipts TO huibao_app;
--> statement-breakpoint
-- Whether the actor has been given an edition: their role, their office, or the post that they decide from (also 代办). The lead
-- bureau and the approver see editions without it, the three administrators never.
CREATE FUNCTION is_given(edition uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT 1 FROM public.deliveries d
                  WHERE d.edition_id = edition AND d.jurisdiction_id = public.actor_jurisdiction()
                    AND public.actor_role() IN ('drafter', 'signer', 'clerk', 'member')
                    AND (d.to_role::text = public.actor_role() OR d.to_organ_id = public.actor_organ()
                         OR d.to_membership_id = public.actor_seat()))
$$;
--> statement-breakpoint
-- The posts that can be given an edition by name, for the lead bureau.
CREATE FUNCTION readers_posts()
RETURNS TABLE (membership_id uuid, user_id uuid, organ_id uuid, organ text, organ_kind text, person text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.id, u.id, o.id, o.short_name, o.kind::text, u.name, m.role::text
    FROM public.memberships m
    JOIN public.users u ON u.id = m.user_id AND u.disabled_at IS NULL
    JOIN public.organs o ON o.id = m.organ_id
   WHERE m.jurisdiction_id = public.actor_jurisdiction() AND m.ended_at IS NULL AND m.acting_for IS NULL
     AND m.role IN ('drafter', 'signer', 'clerk', 'member') AND public.actor_role() = 'lead'
$$;
--> statement-breakpoint
DROP POLICY see ON deliveries;
--> statement-breakpoint
-- One's own; of an edition that the committee's office has, all of them: it keeps the list.
CREATE POLICY see ON deliveries FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) IN ('drafter', 'signer', 'clerk', 'member')
           AND (to_role::text = (SELECT actor_role()) OR to_organ_id = (SELECT actor_organ())
                OR to_membership_id = (SELECT actor_seat())))
       OR ((SELECT actor_role()) = 'clerk' AND is_given(edition_id))));
--> statement-breakpoint
DROP POLICY add ON deliveries;
--> statement-breakpoint
-- To readers of the own district: foreign keys look past row-level security. 征求意见稿 and 送审稿 stay with the departments.
CREATE POLICY add ON deliveries FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead' AND delivered_by = (SELECT actor_user())
  AND EXISTS (SELECT 1 FROM editions e WHERE e.id = deliveries.edition_id)
  AND (to_role IS NULL OR to_role IN ('drafter', 'signer', 'clerk', 'member'))
  AND (to_organ_id IS NULL OR EXISTS (SELECT 1 FROM organs o WHERE o.id = deliveries.to_organ_id AND o.kind IN ('department', 'lead', 'congress')))
  AND (to_membership_id IS NULL OR EXISTS (SELECT 1 FROM readers_posts() p WHERE p.membership_id = deliveries.to_membership_id))
  AND (NOT EXISTS (SELECT 1 FROM editions e WHERE e.id = deliveries.edition_id AND e.kind IN ('consultation', 'review'))
       OR CASE WHEN to_role IS NOT NULL THEN to_role IN ('drafter', 'signer')
               WHEN to_organ_id IS NOT NULL
                 THEN EXISTS (SELECT 1 FROM organs o WHERE o.id = deliveries.to_organ_id AND o.kind IN ('department', 'lead'))
               ELSE EXISTS (SELECT 1 FROM readers_posts() p
                             WHERE p.membership_id = deliveries.to_membership_id AND p.role IN ('drafter', 'signer')) END));
--> statement-breakpoint
DROP POLICY see ON editions;
--> statement-breakpoint
CREATE POLICY see ON editions FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) IN ('drafter', 'signer', 'clerk', 'member') AND is_given(id))));
--> statement-breakpoint
-- A policy cannot ask its own table.
CREATE FUNCTION is_of_report(edition uuid, report uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT 1 FROM public.editions e
                  WHERE e.id = edition AND e.report_id = report AND e.jurisdiction_id = public.actor_jurisdiction())
$$;
--> statement-breakpoint
DROP POLICY add ON editions;
--> statement-breakpoint
CREATE POLICY add ON editions FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead' AND sealed_by = (SELECT actor_user())
  AND EXISTS (SELECT 1 FROM reports r WHERE r.id = editions.report_id)
  AND (supersedes_id IS NULL OR is_of_report(supersedes_id, report_id)));
--> statement-breakpoint
-- That and when somebody opened what they were given: written by themselves, read by the lead bureau and the committee's office.
CREATE POLICY see ON receipts FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (user_id = (SELECT actor_user()) OR (SELECT actor_role()) = 'lead'
       OR ((SELECT actor_role()) = 'clerk' AND is_given(edition_id))));
--> statement-breakpoint
CREATE POLICY add ON receipts FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND user_id = (SELECT actor_user()) AND organ_id = (SELECT actor_organ())
  AND is_given(edition_id));
--> statement-breakpoint
-- Everybody who has an edition, one row a person, and when they opened it, or whoever acts for them did; also who has opened it
-- and holds no post any more. A receipt of whoever acts names the post in its label (domain/user/session.ts).
CREATE FUNCTION edition_readers(edition uuid)
RETURNS TABLE (user_id uuid, organ text, label text, opened_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH asked AS (
    SELECT e.id FROM public.editions e
     WHERE e.id = edition AND e.jurisdiction_id = public.actor_jurisdiction()
       AND (public.actor_role() = 'lead' OR (public.actor_role() = 'clerk' AND public.is_given(e.id)))
  ), given AS (
    SELECT DISTINCT ON (m.user_id) m.user_id, o.short_name AS organ,
           CASE WHEN starts_with(u.name, o.short_name) THEN u.name ELSE o.short_name || ' ' || u.name END AS label
      FROM asked a
      JOIN public.deliveries d ON d.edition_id = a.id
      JOIN public.memberships m ON m.jurisdiction_id = d.jurisdiction_id AND m.ended_at IS NULL AND m.acting_for IS NULL
       AND m.role IN ('drafter', 'signer', 'clerk', 'member')
       AND (d.to_role = m.role OR d.to_organ_id = m.organ_id OR d.to_membership_id = m.id)
      JOIN public.users u ON u.id = m.user_id AND u.disabled_at IS NULL
      JOIN public.organs o ON o.id = m.organ_id
     ORDER BY m.user_id, m.created_at, m.id
  ), acted AS (
    SELECT h.user_id, min(x.opened_at) AS opened_at
      FROM asked a
      JOIN public.receipts x ON x.edition_id = a.id
      JOIN public.memberships m ON m.user_id = x.user_id AND m.organ_id = x.organ_id
      JOIN public.memberships h ON h.id = m.acting_for
      JOIN given g ON g.user_id = h.user_id AND right(x.label, length(g.label) + 3) = '（代' || g.label || '）'
     GROUP BY h.user_id
  )
  SELECT coalesce(g.user_id, r.user_id), coalesce(g.organ, o.short_name), coalesce(r.label, g.label), coalesce(r.opened_at, c.opened_at)
    FROM given g
    FULL JOIN (SELECT x.* FROM asked a JOIN public.receipts x ON x.edition_id = a.id) r ON r.user_id = g.user_id
    LEFT JOIN acted c ON c.user_id = g.user_id
    LEFT JOIN public.organs o ON o.id = r.organ_id
   ORDER BY 2, 3
$$;
--> statement-breakpoint
-- The newest delivered edition of the same report that takes the place of this one: a final one of any, a draft of its own
-- kind. Its number is no secret: /verify says it to whoever has the old one in hand.
CREATE FUNCTION newer_edition(edition uuid)
RETURNS TABLE (id uuid, number integer, kind text, sealed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT f.id, f.number, f.kind::text, f.sealed_at
    FROM public.editions e
    JOIN public.editions f ON f.report_id = e.report_id AND f.number > e.number
     AND (f.kind NOT IN ('consultation', 'review') OR f.kind = e.kind)
   WHERE e.id = edition AND e.jurisdiction_id = public.actor_jurisdiction()
     AND EXISTS (SELECT 1 FROM public.deliveries d WHERE d.edition_id = f.id)
   ORDER BY f.number DESC LIMIT 1
$$;
--> statement-breakpoint
-- The edition that one corrects: who reads the correction need not have been given it.
CREATE FUNCTION superseded_edition(edition uuid)
RETURNS TABLE (id uuid, number integer, kind text, sealed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, s.number, s.kind::text, s.sealed_at
    FROM public.editions e JOIN public.editions s ON s.id = e.supersedes_id
   WHERE e.id = edition AND e.jurisdiction_id = public.actor_jurisdiction()
$$;
--> statement-breakpoint
-- What anybody is told of a code, without signing in: that it is one, never what stands in it. With a file's SHA-256 also whether
-- it is a file of this edition, or of another delivered one of the same report.
CREATE FUNCTION verify_edition(wanted text, hash text)
RETURNS TABLE (kind text, number integer, sealed_at timestamptz, jurisdiction text, state text, newer integer, matches text, matches_number integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT e.kind::text, e.number, e.sealed_at, j.name,
         CASE WHEN NOT g.given THEN 'undelivered' WHEN n.number IS NULL THEN 'current' ELSE 'superseded' END,
         CASE WHEN g.given THEN n.number END, f.matches, f.number
    FROM public.editions e
    JOIN public.jurisdictions j ON j.id = e.jurisdiction_id
    CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM public.deliveries d WHERE d.edition_id = e.id) AS given) g
    LEFT JOIN LATERAL (SELECT x.number FROM public.editions x
                        WHERE x.report_id = e.report_id AND x.number > e.number
                          AND (x.kind NOT IN ('consultation', 'review') OR x.kind = e.kind)
                          AND EXISTS (SELECT 1 FROM public.deliveries d WHERE d.edition_id = x.id)
                        ORDER BY x.number DESC LIMIT 1) n ON true
    LEFT JOIN LATERAL (
      SELECT x.number, y.matches
        FROM public.editions x
        CROSS JOIN LATERAL (SELECT 'document' AS matches WHERE x.sha256 = hash
                            UNION ALL
                            SELECT z.format::text FROM public.edition_files z WHERE z.edition_id = x.id AND z.sha256 = hash) y
       WHERE x.report_id = e.report_id
         AND (x.id = e.id OR ((x.kind NOT IN ('consultation', 'review') OR x.kind = e.kind)
                              AND EXISTS (SELECT 1 FROM public.deliveries d WHERE d.edition_id = x.id)))
       ORDER BY (x.id = e.id) DESC, x.number DESC, y.matches LIMIT 1) f ON true
   WHERE e.code = wanted
$$;
--> statement-breakpoint
-- What was done to a report, for the record of an edition that the lead bureau seals: the acts, never a network address.
CREATE FUNCTION report_acts(report uuid, actions text[])
RETURNS TABLE (at timestamptz, by text, action text, subject text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT a.at, a.actor_label, a.action,
         coalesce(s.title, i.official_name, CASE WHEN e.id IS NOT NULL THEN '第' || e.number || '号' END, r.name)
    FROM public.reports r
    JOIN public.audit_entries a ON a.report_id = r.id
    LEFT JOIN public.sections s ON a.subject_type = 'section' AND s.id = a.subject_id
    LEFT JOIN public.indicators i ON a.subject_type = 'indicator' AND i.id = a.subject_id
    LEFT JOIN public.editions e ON a.subject_type = 'edition' AND e.id = a.subject_id
   WHERE r.id = report AND r.jurisdiction_id = public.actor_jurisdiction() AND public.actor_role() = 'lead'
     AND a.action = ANY (actions)
   ORDER BY a.at, a.id
$$;
--> statement-breakpoint
-- The files of printed texts and rows, as they were when those were submitted: also of what a department works on again,
-- which row-level security hides. For the record of an edition that the lead bureau seals; never the bytes.
CREATE FUNCTION printed_attachments(printed uuid[])
RETURNS TABLE (id uuid, name text, media_type text, size integer, sha256 text, target uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT f.id, f.name, f.media_type, f.size, f.sha256, p.target
    FROM (SELECT s.id AS target, v.created_at AS at
            FROM public.revisions v
            JOIN public.sections s ON s.id = v.section_id AND v.id IN (s.approved_revision_id, s.submitted_revision_id)
           WHERE v.id = ANY (printed)
          UNION ALL
          SELECT i.id, v.created_at
            FROM public.indicator_revisions v
            JOIN public.indicators i ON i.id = v.indicator_id AND v.id IN (i.approved_revision_id, i.submitted_revision_id)
           WHERE v.id = ANY (printed)) p
    JOIN public.evidence f ON f.section_id = p.target OR f.indicator_id = p.target
   WHERE f.jurisdiction_id = public.actor_jurisdiction() AND public.actor_role() = 'lead'
     AND f.created_at <= p.at AND (f.removed_at IS NULL OR f.removed_at > p.at)
   ORDER BY f.created_at, f.id
$$;
--> statement-breakpoint
-- Whose desk a delivery comes to: those whom it was made to in that act, and whoever acts for them.
CREATE FUNCTION delivered_to(wanted uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT m.id
    FROM public.outbox o
    JOIN public.deliveries d ON d.edition_id = o.edition_id AND d.jurisdiction_id = o.jurisdiction_id AND d.delivered_at = o.created_at
    JOIN public.memberships m ON m.jurisdiction_id = d.jurisdiction_id AND m.role IN ('drafter', 'signer', 'clerk', 'member')
     AND (d.to_role = m.role OR d.to_organ_id = m.organ_id OR d.to_membership_id = coalesce(m.acting_for, m.id))
   WHERE o.id = wanted
$$;
--> statement-breakpoint
-- What a notice says of an edition; null for an event that is of none.
CREATE FUNCTION edition_facts(o outbox) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT jsonb_build_object(
           'number', e.number, 'kind', e.kind, 'name', e.name, 'supersedes', s.number, 'notice', e.notice,
           'answerBy', (SELECT max(d.answer_by)::text FROM public.deliveries d WHERE d.edition_id = e.id AND d.delivered_at = o.created_at))
    FROM public.editions e LEFT JOIN public.editions s ON s.id = e.supersedes_id
   WHERE e.id = o.edition_id AND e.jurisdiction_id = o.jurisdiction_id
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION notice_facts(wanted uuid) RETURNS jsonb
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT jsonb_build_object(
    'event', o.event, 'at', o.created_at, 'by', o.actor_label,
    'reportSlug', r.slug, 'reportName', r.name, 'editionId', o.edition_id, 'edition', public.edition_facts(o), 'remarkId', o.remark_id,
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
REVOKE EXECUTE ON FUNCTION is_given(uuid), is_of_report(uuid, uuid), readers_posts(), edition_readers(uuid), newer_edition(uuid), superseded_edition(uuid), verify_edition(text, text),
  report_acts(uuid, text[]), printed_attachments(uuid[]), delivered_to(uuid), edition_facts(outbox) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION is_given(uuid), is_of_report(uuid, uuid), readers_posts(), edition_readers(uuid), newer_edition(uuid), superseded_edition(uuid), verify_edition(text, text),
  report_acts(uuid, text[]), printed_attachments(uuid[]) TO huibao_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION delivered_to(uuid) TO huibao_worker;
