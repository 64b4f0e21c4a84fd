-- Who may see and write what stands beside a leaf's text. Twins: domain/section/policy.ts (briefs), domain/remark/policy.ts,
-- domain/evidence/policy.ts.
GRANT SELECT, INSERT, UPDATE (guidance, length_limit, version, updated_label, updated_at) ON section_briefs TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (outcome, settled_by, settled_label, settled_at) ON remarks TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON remark_replies TO huibao_app;
--> statement-breakpoint

-- What the lead bureau asks of a leaf: read by everybody who works on the report, written by the lead bureau.
CREATE POLICY see ON section_briefs FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON section_briefs FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead'
  AND EXISTS (SELECT 1 FROM sections s WHERE s.id = section_briefs.section_id));
--> statement-breakpoint
CREATE POLICY change ON section_briefs FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint

-- Remarks: their department, and the lead bureau unless they are the department's own. Those on a working copy quote it:
-- the lead bureau sees them once a text has gone up.
CREATE POLICY see ON remarks FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (((SELECT actor_role()) IN ('drafter', 'signer') AND organ_id = (SELECT actor_organ()))
       OR ((SELECT actor_role()) = 'lead' AND NOT internal
           AND (revision_id IS NOT NULL
                OR EXISTS (SELECT 1 FROM sections s
                            WHERE s.id = remarks.section_id AND s.submitted_revision_id IS NOT NULL)))));
--> statement-breakpoint
CREATE POLICY add ON remarks FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND author_id = (SELECT actor_user())
  AND (((SELECT actor_role()) IN ('drafter', 'signer') AND organ_id = (SELECT actor_organ()))
       OR ((SELECT actor_role()) = 'lead' AND NOT internal AND revision_id IS NOT NULL))
  AND EXISTS (SELECT 1 FROM sections s WHERE s.id = remarks.section_id AND s.organ_id = remarks.organ_id)
  AND (revision_id IS NULL
       OR EXISTS (SELECT 1 FROM revisions r WHERE r.id = remarks.revision_id AND r.section_id = remarks.section_id)));
--> statement-breakpoint
-- What is settled stays as it was settled.
CREATE POLICY change ON remarks FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND outcome IS NULL
  AND (((SELECT actor_role()) IN ('drafter', 'signer') AND organ_id = (SELECT actor_organ()))
       OR ((SELECT actor_role()) = 'lead' AND NOT internal)))
WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (((SELECT actor_role()) IN ('drafter', 'signer') AND organ_id = (SELECT actor_organ()))
       OR ((SELECT actor_role()) = 'lead' AND NOT internal)));
--> statement-breakpoint
-- Who sees the remark sees its answers (its policy applies here too).
CREATE POLICY see ON remark_replies FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND EXISTS (SELECT 1 FROM remarks r WHERE r.id = remark_replies.remark_id));
--> statement-breakpoint
CREATE POLICY add ON remark_replies FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND author_id = (SELECT actor_user())
  AND EXISTS (SELECT 1 FROM remarks r WHERE r.id = remark_replies.remark_id AND r.organ_id = remark_replies.organ_id));
--> statement-breakpoint

-- The worker must know whose a remark is, who may read it and who has answered it, and no word of either.
GRANT SELECT (id, author_id, internal, revision_id) ON remarks TO huibao_worker;
--> statement-breakpoint
GRANT SELECT (submitted_revision_id) ON sections TO huibao_worker;
--> statement-breakpoint
GRANT SELECT (remark_id, author_id) ON remark_replies TO huibao_worker;
--> statement-breakpoint
CREATE POLICY deliver ON remarks FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint
CREATE POLICY deliver ON remark_replies FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint

-- Evidence of a text goes with the text: the owner always, the lead bureau while a text of the leaf is before somebody.
DROP POLICY see ON evidence;
--> statement-breakpoint
CREATE POLICY see ON evidence FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (EXISTS (SELECT 1 FROM indicators i WHERE i.id = evidence.indicator_id
                AND (((SELECT actor_role()) IN ('drafter', 'signer') AND i.organ_id = (SELECT actor_organ()))
                     OR (i.submitted_revision_id IS NOT NULL
                         AND ((SELECT actor_role()) = 'lead'
                              OR ((SELECT actor_role()) IN ('drafter', 'signer')
                                  AND i.confirm_organ_id = (SELECT actor_organ()))))))
       OR EXISTS (SELECT 1 FROM sections s WHERE s.id = evidence.section_id
                   AND (((SELECT actor_role()) IN ('drafter', 'signer') AND s.organ_id = (SELECT actor_organ()))
                        OR (s.submitted_revision_id IS NOT NULL AND (SELECT actor_role()) = 'lead')))));
--> statement-breakpoint
DROP POLICY add ON evidence;
--> statement-breakpoint
CREATE POLICY add ON evidence FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'drafter'
  AND author_id = (SELECT actor_user())
  AND (EXISTS (SELECT 1 FROM indicators i WHERE i.id = evidence.indicator_id AND i.organ_id = (SELECT actor_organ()))
       OR EXISTS (SELECT 1 FROM sections s WHERE s.id = evidence.section_id AND s.organ_id = (SELECT actor_organ()))));
--> statement-breakpoint
DROP POLICY change ON evidence;
--> statement-breakpoint
CREATE POLICY change ON evidence FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'drafter'
  AND (EXISTS (SELECT 1 FROM indicators i WHERE i.id = evidence.indicator_id AND i.organ_id = (SELECT actor_organ()))
       OR EXISTS (SELECT 1 FROM sections s WHERE s.id = evidence.section_id AND s.organ_id = (SELECT actor_organ()))));
--> statement-breakpoint

-- As enter_session, for what an open page asks by itself: nobody stays signed in because a window was left open.
CREATE FUNCTION look_at_session(hash text, idle interval)
RETURNS TABLE (session_id uuid, user_id uuid, membership_id uuid, organ_id uuid, organ_kind text,
               jurisdiction_id uuid, role text, organ_name text, user_name text, membership_count integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, u.id, m.id, o.id, o.kind::text, m.jurisdiction_id, m.role::text, o.short_name, u.name,
         (SELECT count(*)::int FROM public.memberships x WHERE x.user_id = u.id AND x.ended_at IS NULL)
    FROM public.sessions s
    JOIN public.users u ON u.id = s.user_id AND u.disabled_at IS NULL
    JOIN public.memberships m ON m.id = s.membership_id AND m.user_id = u.id AND m.ended_at IS NULL
    JOIN public.organs o ON o.id = m.organ_id
   WHERE s.token_hash = hash AND s.expires_at > now() AND s.seen_at > now() - idle
$$;
--> statement-breakpoint
-- Whoever has a leaf open hears at once that its text or its state has changed (app/_server/live-hub.ts). Triggers, so
-- that no road to a change forgets it; in the transaction of the change, so that nobody hears of what did not happen.
CREATE FUNCTION signal_draft() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('huibao_signals', json_build_object('topic', 'section:' || NEW.section_id, 'kind', 'draft',
    'data', json_build_object('version', NEW.version, 'by', coalesce(NEW.updated_label, '')))::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER signal AFTER UPDATE ON drafts FOR EACH ROW WHEN (OLD.version IS DISTINCT FROM NEW.version)
  EXECUTE FUNCTION signal_draft();
--> statement-breakpoint
-- Names the office and the person as history does (actorLabel in domain/user/session.ts).
CREATE FUNCTION signal_section() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE who text;
BEGIN
  SELECT CASE WHEN starts_with(u.name, o.short_name) THEN u.name ELSE o.short_name || ' ' || u.name END INTO who
    FROM public.users u, public.organs o WHERE u.id = public.actor_user() AND o.id = public.actor_organ();
  PERFORM pg_notify('huibao_signals', json_build_object('topic', 'section:' || NEW.id, 'kind', 'moved',
    'data', json_build_object('version', NEW.version, 'status', NEW.status, 'by', coalesce(who, '')))::text);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER signal AFTER UPDATE ON sections FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status)
  EXECUTE FUNCTION signal_section();
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION look_at_session(text, interval), signal_draft(), signal_section() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION look_at_session(text, interval) TO huibao_app;
