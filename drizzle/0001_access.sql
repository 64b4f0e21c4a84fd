-- Who may see what. The application connects as a login in huibao_app, which owns nothing and cannot bypass these
-- policies; the worker as one in huibao_worker. Both roles are made by db/migrate.ts before this file runs.
-- domain/*/policy.ts says who may do what; access.db.test.ts proves that the two agree.

-- The actor of the running transaction, set by enter_session() or set_actor(). Nobody set: nothing is visible.
CREATE FUNCTION actor_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('huibao.user', true), '')::uuid $$;
--> statement-breakpoint
CREATE FUNCTION actor_membership() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('huibao.membership', true), '')::uuid $$;
--> statement-breakpoint
CREATE FUNCTION actor_organ() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('huibao.organ', true), '')::uuid $$;
--> statement-breakpoint
CREATE FUNCTION actor_jurisdiction() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('huibao.jurisdiction', true), '')::uuid $$;
--> statement-breakpoint
CREATE FUNCTION actor_role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT coalesce(current_setting('huibao.role', true), '') $$;
--> statement-breakpoint
CREATE FUNCTION set_actor(user_id uuid, membership_id uuid, organ_id uuid, jurisdiction_id uuid, role text)
RETURNS void LANGUAGE sql AS $$
  SELECT set_config('huibao.user', user_id::text, true), set_config('huibao.membership', membership_id::text, true),
         set_config('huibao.organ', organ_id::text, true),
         set_config('huibao.jurisdiction', jurisdiction_id::text, true), set_config('huibao.role', role, true);
$$;
--> statement-breakpoint

-- Sign-in, before there is an actor. These run as their owner and give out only what signing in needs.
CREATE FUNCTION sign_in_account(wanted text)
RETURNS TABLE (user_id uuid, password_hash text, may_enter boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id, u.password_hash,
         u.disabled_at IS NULL
         AND EXISTS (SELECT 1 FROM public.memberships m WHERE m.user_id = u.id AND m.ended_at IS NULL)
    FROM public.users u WHERE u.login = wanted
$$;
--> statement-breakpoint
CREATE FUNCTION sign_in_failure_count(wanted text, in_the_last interval)
RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT count(*)::int FROM public.sign_in_failures f WHERE f.login_key = wanted AND f.at > now() - in_the_last
$$;
--> statement-breakpoint
CREATE FUNCTION record_sign_in_failure(wanted text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM public.sign_in_failures WHERE at < now() - interval '1 day';
  INSERT INTO public.sign_in_failures (login_key) VALUES (wanted);
  INSERT INTO public.audit_entries (jurisdiction_id, at, user_id, actor_label, action, subject_type, subject_id, detail)
  SELECT u.jurisdiction_id, now(), u.id, u.name, 'session.refuse', 'user', u.id, '{}'
    FROM public.users u WHERE u.login = wanted;
$$;
--> statement-breakpoint
CREATE FUNCTION forget_sign_in_failures(wanted text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM public.sign_in_failures WHERE login_key = wanted
$$;
--> statement-breakpoint
CREATE FUNCTION open_session(for_user uuid, hash text, lifetime interval)
RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM public.sessions WHERE expires_at < now();
  INSERT INTO public.sessions (jurisdiction_id, user_id, membership_id, token_hash, expires_at)
  SELECT m.jurisdiction_id, m.user_id, m.id, hash, now() + lifetime
    FROM public.memberships m JOIN public.users u ON u.id = m.user_id
   WHERE m.user_id = for_user AND m.ended_at IS NULL AND u.disabled_at IS NULL
   ORDER BY m.created_at, m.id LIMIT 1;
  INSERT INTO public.audit_entries (jurisdiction_id, at, user_id, actor_label, action, subject_type, subject_id, detail)
  SELECT u.jurisdiction_id, now(), u.id, u.name, 'session.open', 'session', s.id, '{}'
    FROM public.sessions s JOIN public.users u ON u.id = s.user_id WHERE s.token_hash = hash
  RETURNING subject_id
$$;
--> statement-breakpoint
-- Every request: the actor behind a cookie, if the session, the person and the membership are all alive. Also sets the
-- actor for the running transaction, so that one round trip can both enter and read.
CREATE FUNCTION enter_session(hash text, idle interval)
RETURNS TABLE (session_id uuid, user_id uuid, membership_id uuid, organ_id uuid, organ_kind text,
               jurisdiction_id uuid, role text, organ_name text, user_name text, membership_count integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found_row record;
BEGIN
  SELECT s.id AS sid, s.seen_at, u.id AS uid, m.id AS mid, o.id AS oid, o.kind::text AS okind, m.jurisdiction_id AS jid,
         m.role::text AS mrole, o.short_name, u.name AS uname,
         (SELECT count(*)::int FROM public.memberships x WHERE x.user_id = u.id AND x.ended_at IS NULL) AS n
    INTO found_row
    FROM public.sessions s
    JOIN public.users u ON u.id = s.user_id AND u.disabled_at IS NULL
    JOIN public.memberships m ON m.id = s.membership_id AND m.user_id = u.id AND m.ended_at IS NULL
    JOIN public.organs o ON o.id = m.organ_id
   WHERE s.token_hash = hash AND s.expires_at > now() AND s.seen_at > now() - idle;
  IF NOT FOUND THEN RETURN; END IF;
  IF found_row.seen_at < now() - interval '1 minute' THEN
    UPDATE public.sessions SET seen_at = now() WHERE id = found_row.sid;
  END IF;
  PERFORM public.set_actor(found_row.uid, found_row.mid, found_row.oid, found_row.jid, found_row.mrole);
  RETURN QUERY SELECT found_row.sid, found_row.uid, found_row.mid, found_row.oid, found_row.okind, found_row.jid,
                      found_row.mrole, found_row.short_name, found_row.uname, found_row.n;
END $$;
--> statement-breakpoint
CREATE FUNCTION switch_membership(hash text, wanted uuid)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE public.sessions s SET membership_id = m.id
    FROM public.memberships m
   WHERE s.token_hash = hash AND m.id = wanted AND m.user_id = s.user_id AND m.ended_at IS NULL
  RETURNING true
$$;
--> statement-breakpoint
CREATE FUNCTION close_session(hash text)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  INSERT INTO public.audit_entries (jurisdiction_id, at, user_id, actor_label, action, subject_type, subject_id, detail)
  SELECT u.jurisdiction_id, now(), u.id, u.name, 'session.close', 'session', s.id, '{}'
    FROM public.sessions s JOIN public.users u ON u.id = s.user_id WHERE s.token_hash = hash;
  DELETE FROM public.sessions WHERE token_hash = hash
$$;
--> statement-breakpoint
-- The signed-in person's own password hash, to check the old one before a change.
CREATE FUNCTION own_password_hash()
RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.password_hash FROM public.users u WHERE u.id = public.actor_user()
$$;
--> statement-breakpoint

-- Nothing is open to everybody by default, not even the functions.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO huibao_app, huibao_worker;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION actor_user(), actor_membership(), actor_organ(), actor_jurisdiction(), actor_role(),
  set_actor(uuid, uuid, uuid, uuid, text), sign_in_account(text), sign_in_failure_count(text, interval),
  record_sign_in_failure(text), forget_sign_in_failures(text), open_session(uuid, text, interval),
  enter_session(text, interval), switch_membership(text, uuid), close_session(text), own_password_hash()
  TO huibao_app;
--> statement-breakpoint
GRANT SELECT ON jurisdictions, organs TO huibao_app;
--> statement-breakpoint
GRANT SELECT (id, jurisdiction_id, login, name, disabled_at, created_at), INSERT,
  UPDATE (name, disabled_at, password_hash) ON users TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (ended_at) ON memberships TO huibao_app;
--> statement-breakpoint
GRANT SELECT (id, jurisdiction_id, user_id, membership_id, created_at, seen_at, expires_at), DELETE
  ON sessions TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (status, version, document_hash, sent_by) ON reports TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (status, version, submitted_revision_id, approved_revision_id, signed_by, moved_at)
  ON sections TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (content, version, revision_count, writers, updated_label, updated_at)
  ON drafts TO huibao_app;
--> statement-breakpoint
-- Append-only: no UPDATE, no DELETE, no TRUNCATE for anybody but the owner.
GRANT SELECT, INSERT ON routes, route_steps, revisions, reviews, review_reasons, editions, deliveries,
  audit_entries, outbox TO huibao_app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE audit_entries_id_seq TO huibao_app;
--> statement-breakpoint
GRANT SELECT, UPDATE (read_at) ON notifications TO huibao_app;
--> statement-breakpoint
GRANT SELECT ON outbox, memberships TO huibao_worker;
--> statement-breakpoint
GRANT SELECT (id, organ_id) ON sections TO huibao_worker;
--> statement-breakpoint
GRANT SELECT, INSERT ON notifications TO huibao_worker;
--> statement-breakpoint

-- Reference data of the own jurisdiction.
CREATE POLICY see ON jurisdictions FOR SELECT TO huibao_app USING (id = (SELECT actor_jurisdiction()));
--> statement-breakpoint
CREATE POLICY see ON organs FOR SELECT TO huibao_app USING (jurisdiction_id = (SELECT actor_jurisdiction()));
--> statement-breakpoint

-- People: the administrators, and everybody themselves.
CREATE POLICY see ON users FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (id = (SELECT actor_user()) OR (SELECT actor_role()) IN ('sysadmin', 'secadmin')));
--> statement-breakpoint
CREATE POLICY add ON users FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'sysadmin');
--> statement-breakpoint
CREATE POLICY change ON users FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (id = (SELECT actor_user()) OR (SELECT actor_role()) = 'sysadmin'));
--> statement-breakpoint
CREATE POLICY see ON memberships FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (user_id = (SELECT actor_user()) OR (SELECT actor_role()) IN ('sysadmin', 'secadmin')));
--> statement-breakpoint
CREATE POLICY add ON memberships FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'secadmin');
--> statement-breakpoint
CREATE POLICY change ON memberships FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'secadmin');
--> statement-breakpoint
CREATE POLICY see ON sessions FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (user_id = (SELECT actor_user()) OR (SELECT actor_role()) IN ('sysadmin', 'secadmin')));
--> statement-breakpoint
CREATE POLICY remove ON sessions FOR DELETE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (user_id = (SELECT actor_user()) OR (SELECT actor_role()) IN ('sysadmin', 'secadmin')));
--> statement-breakpoint

-- The report and its outline: those who work on it. Titles and states, no text.
CREATE POLICY see ON reports FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON reports FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint
CREATE POLICY change ON reports FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('lead', 'approver'));
--> statement-breakpoint
CREATE POLICY see ON sections FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON sections FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint
CREATE POLICY change ON sections FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) IN ('drafter', 'signer') AND organ_id = (SELECT actor_organ()))));
--> statement-breakpoint
CREATE POLICY see ON routes FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON routes FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint
CREATE POLICY see ON route_steps FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON route_steps FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint

-- Working copies: their department alone. The lead bureau may lay out an empty one when it opens a report.
CREATE POLICY see ON drafts FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND organ_id = (SELECT actor_organ())
  AND (SELECT actor_role()) IN ('drafter', 'signer'));
--> statement-breakpoint
CREATE POLICY add ON drafts FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead'
  AND content = '{"type": "doc", "content": []}'::jsonb);
--> statement-breakpoint
CREATE POLICY change ON drafts FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND organ_id = (SELECT actor_organ())
  AND (SELECT actor_role()) = 'drafter');
--> statement-breakpoint

-- Revisions: their department; the lead bureau once submitted; the approver what the lead bureau has passed, once the
-- compiled report is before him.
CREATE POLICY see ON revisions FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND CASE (SELECT actor_role())
        WHEN 'drafter' THEN organ_id = (SELECT actor_organ())
        WHEN 'signer' THEN organ_id = (SELECT actor_organ())
        WHEN 'lead' THEN kind = 'submitted'
        WHEN 'approver' THEN EXISTS (
          SELECT 1 FROM sections s JOIN reports r ON r.id = s.report_id
           WHERE s.approved_revision_id = revisions.id AND r.status <> 'collecting')
        ELSE false
      END);
--> statement-breakpoint
CREATE POLICY add ON revisions FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND organ_id = (SELECT actor_organ())
  AND (SELECT actor_role()) = 'drafter' AND author_id = (SELECT actor_user()));
--> statement-breakpoint
-- A verdict on the whole belongs to no department; the ones that its reasons name read it.
CREATE POLICY see ON reviews FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) IN ('drafter', 'signer')
           AND (organ_id = (SELECT actor_organ())
                OR EXISTS (SELECT 1 FROM review_reasons x
                            WHERE x.review_id = reviews.id AND x.organ_id = (SELECT actor_organ()))))));
--> statement-breakpoint
CREATE POLICY add ON reviews FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND user_id = (SELECT actor_user())
  AND membership_id = (SELECT actor_membership())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) = 'signer' AND organ_id = (SELECT actor_organ()))));
--> statement-breakpoint
CREATE POLICY see ON review_reasons FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) IN ('drafter', 'signer') AND organ_id = (SELECT actor_organ()))));
--> statement-breakpoint
CREATE POLICY add ON review_reasons FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) = 'signer' AND organ_id = (SELECT actor_organ()))));
--> statement-breakpoint

-- Editions: the lead bureau and the approver always; everybody else with a part in it once delivered; the three
-- administrators never (监督法 2024 Art 15: members receive the report from the standing committee's office).
CREATE POLICY see ON deliveries FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver', 'clerk', 'member'));
--> statement-breakpoint
CREATE POLICY add ON deliveries FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead'
  AND delivered_by = (SELECT actor_user()));
--> statement-breakpoint
CREATE POLICY see ON editions FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) IN ('drafter', 'signer', 'clerk', 'member')
           AND EXISTS (SELECT 1 FROM deliveries d WHERE d.edition_id = editions.id))));
--> statement-breakpoint
CREATE POLICY add ON editions FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead'
  AND sealed_by = (SELECT actor_user()));
--> statement-breakpoint

-- The audit log: everybody writes their own entries, the auditor reads.
CREATE POLICY see ON audit_entries FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'auditor');
--> statement-breakpoint
CREATE POLICY add ON audit_entries FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND user_id = (SELECT actor_user()));
--> statement-breakpoint

-- Events and notices.
CREATE POLICY see ON notifications FOR SELECT TO huibao_app USING (membership_id = (SELECT actor_membership()));
--> statement-breakpoint
CREATE POLICY change ON notifications FOR UPDATE TO huibao_app USING (membership_id = (SELECT actor_membership()));
--> statement-breakpoint
CREATE POLICY see ON outbox FOR SELECT TO huibao_app USING (
  EXISTS (SELECT 1 FROM notifications n WHERE n.outbox_id = outbox.id));
--> statement-breakpoint
CREATE POLICY add ON outbox FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND actor_id = (SELECT actor_user()));
--> statement-breakpoint
CREATE POLICY deliver ON outbox FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint
CREATE POLICY deliver ON memberships FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint
CREATE POLICY deliver ON sections FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint
CREATE POLICY deliver ON notifications FOR ALL TO huibao_worker USING (true) WITH CHECK (true);
--> statement-breakpoint

-- The job is added in the transaction of the event: neither is there without the other.
CREATE FUNCTION enqueue_event() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM graphile_worker.add_job('deliver-event', json_build_object('event', NEW.id), job_key := 'event-' || NEW.id);
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION enqueue_event() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER enqueue AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION enqueue_event();
