-- Routes, seats, returns: who may see and write what. Twins: domain/route/policy.ts, domain/section/policy.ts,
-- domain/indicator/policy.ts, domain/review/policy.ts. access.db.test.ts and sight.db.test.ts prove that they agree.

-- A post that is held now: its own, or somebody else's for a while (代办) as long as that one is held too, and its deputy
-- still is of the office.
CREATE FUNCTION is_held(m memberships) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT m.ended_at IS NULL
     AND (m.acting_for IS NULL
          OR (m.starts_at <= now() AND now() < m.ends_at
              AND EXISTS (SELECT 1 FROM public.memberships p JOIN public.users u ON u.id = p.user_id
                           WHERE p.id = m.acting_for AND p.ended_at IS NULL AND u.disabled_at IS NULL)
              AND EXISTS (SELECT 1 FROM public.memberships own
                           WHERE own.user_id = m.user_id AND own.organ_id = m.organ_id AND own.acting_for IS NULL
                             AND own.ended_at IS NULL)))
$$;
--> statement-breakpoint
-- Whose decision it is that the actor takes: their own post's, or that of whom they act for.
CREATE FUNCTION actor_seat() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT coalesce(m.acting_for, m.id) FROM public.memberships m WHERE m.id = public.actor_membership()
$$;
--> statement-breakpoint
DROP FUNCTION enter_session(text, interval);
--> statement-breakpoint
DROP FUNCTION look_at_session(text, interval);
--> statement-breakpoint
-- As look_at_session: also whose seat it is when somebody acts for another.
CREATE FUNCTION look_at_session(hash text, idle interval)
RETURNS TABLE (session_id uuid, user_id uuid, membership_id uuid, organ_id uuid, organ_kind text, jurisdiction_id uuid, role text,
               organ_name text, user_name text, membership_count integer, seat_id uuid, acting_name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id, u.id, m.id, o.id, o.kind::text, m.jurisdiction_id, m.role::text, o.short_name, u.name,
         (SELECT count(*)::int FROM public.memberships x WHERE x.user_id = u.id AND public.is_held(x)),
         coalesce(m.acting_for, m.id),
         (SELECT pu.name FROM public.memberships p JOIN public.users pu ON pu.id = p.user_id WHERE p.id = m.acting_for)
    FROM public.sessions s
    JOIN public.users u ON u.id = s.user_id AND u.disabled_at IS NULL
    JOIN public.memberships m ON m.id = s.membership_id AND m.user_id = u.id AND public.is_held(m)
    JOIN public.organs o ON o.id = m.organ_id
   WHERE s.token_hash = hash AND s.expires_at > now() AND s.seen_at > now() - idle
$$;
--> statement-breakpoint
-- Every request: the actor behind a cookie, who also becomes the actor of the running transaction. A post that was held
-- for a while and has ended gives way to one's own.
CREATE FUNCTION enter_session(hash text, idle interval)
RETURNS TABLE (session_id uuid, user_id uuid, membership_id uuid, organ_id uuid, organ_kind text, jurisdiction_id uuid, role text,
               organ_name text, user_name text, membership_count integer, seat_id uuid, acting_name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found_row record;
BEGIN
  SELECT * INTO found_row FROM public.look_at_session(hash, idle);
  IF NOT FOUND THEN
    UPDATE public.sessions s SET membership_id = own.id
      FROM public.memberships m, public.memberships own
     WHERE s.token_hash = hash AND m.id = s.membership_id AND m.acting_for IS NOT NULL
       AND own.user_id = s.user_id AND own.ended_at IS NULL AND own.acting_for IS NULL
       AND own.id = (SELECT x.id FROM public.memberships x
                      WHERE x.user_id = s.user_id AND x.ended_at IS NULL AND x.acting_for IS NULL
                      ORDER BY (x.organ_id = m.organ_id) DESC, x.created_at, x.id LIMIT 1);
    IF NOT FOUND THEN RETURN; END IF;
    SELECT * INTO found_row FROM public.look_at_session(hash, idle);
    IF NOT FOUND THEN RETURN; END IF;
  END IF;
  UPDATE public.sessions SET seen_at = now() WHERE id = found_row.session_id AND seen_at < now() - interval '1 minute';
  PERFORM public.set_actor(found_row.user_id, found_row.membership_id, found_row.organ_id, found_row.jurisdiction_id,
                           found_row.role);
  RETURN QUERY SELECT found_row.session_id, found_row.user_id, found_row.membership_id, found_row.organ_id,
                      found_row.organ_kind, found_row.jurisdiction_id, found_row.role, found_row.organ_name,
                      found_row.user_name, found_row.membership_count, found_row.seat_id, found_row.acting_name;
END $$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION switch_membership(hash text, wanted uuid)
RETURNS boolean LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE public.sessions s SET membership_id = m.id
    FROM public.memberships m
   WHERE s.token_hash = hash AND m.id = wanted AND m.user_id = s.user_id AND public.is_held(m)
  RETURNING true
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION open_session(for_user uuid, hash text, lifetime interval)
RETURNS uuid LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DELETE FROM public.sessions WHERE expires_at < now();
  INSERT INTO public.sessions (jurisdiction_id, user_id, membership_id, token_hash, expires_at)
  SELECT m.jurisdiction_id, m.user_id, m.id, hash, now() + lifetime
    FROM public.memberships m JOIN public.users u ON u.id = m.user_id
   WHERE m.user_id = for_user AND public.is_held(m) AND u.disabled_at IS NULL
   ORDER BY m.acting_for IS NOT NULL, m.created_at, m.id LIMIT 1;
  INSERT INTO public.audit_entries (jurisdiction_id, at, user_id, actor_label, action, subject_type, subject_id, detail)
  SELECT u.jurisdiction_id, now(), u.id, u.name, 'session.open', 'session', s.id, '{}'
    FROM public.sessions s JOIN public.users u ON u.id = s.user_id WHERE s.token_hash = hash
  RETURNING subject_id
$$;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION sign_in_account(wanted text)
RETURNS TABLE (user_id uuid, password_hash text, may_enter boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT u.id, u.password_hash,
         u.disabled_at IS NULL
         AND EXISTS (SELECT 1 FROM public.memberships m WHERE m.user_id = u.id AND public.is_held(m))
    FROM public.users u WHERE u.login = wanted
$$;
--> statement-breakpoint
-- Who sits at a step for one item: those whom the route names, else everybody of the step's role in its office; besides
-- them who was added for the item, and instead of them to whom they handed it over. Posts themselves, not who acts for them.
CREATE FUNCTION seats_of(step uuid, owner uuid, confirmer uuid, section uuid, indicator uuid)
RETURNS TABLE (membership_id uuid, user_id uuid, organ_id uuid, organ text, person text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  WITH held AS (
    SELECT m.id, m.user_id, m.organ_id, m.role, m.jurisdiction_id, o.short_name, u.name
      FROM public.memberships m
      JOIN public.users u ON u.id = m.user_id AND u.disabled_at IS NULL
      JOIN public.organs o ON o.id = m.organ_id
     WHERE m.ended_at IS NULL AND m.acting_for IS NULL
  ), named AS (
    SELECT h.id FROM public.seats x JOIN held h ON h.id = x.membership_id AND h.jurisdiction_id = x.jurisdiction_id
     WHERE x.step_id = step AND x.kind = 'named' AND (x.organ_id IS NULL OR x.organ_id = owner)
  ), own AS (
    SELECT x.membership_id, x.kind, x.from_id FROM public.seats x JOIN held h ON h.id = x.membership_id
     WHERE x.step_id = step AND (x.section_id = section OR x.indicator_id = indicator)
  ), sitting AS (
    SELECT id FROM named
    UNION
    SELECT h.id FROM public.route_steps t
      JOIN held h ON h.jurisdiction_id = t.jurisdiction_id AND h.role = t.role
       AND (t.office = 'any' OR h.organ_id = CASE t.office WHEN 'owner' THEN owner ELSE confirmer END)
     WHERE t.id = step AND NOT EXISTS (SELECT 1 FROM named) AND (t.office <> 'any' OR t.role <> 'signer')
    UNION
    SELECT w.membership_id FROM own w
  )
  SELECT h.id, h.user_id, h.organ_id, h.short_name, h.name
    FROM sitting s JOIN held h ON h.id = s.id
   WHERE NOT EXISTS (SELECT 1 FROM own w WHERE w.kind = 'handed' AND w.from_id = h.id)
$$;
--> statement-breakpoint
-- The same for the application, which asks as an actor who works on the report.
CREATE FUNCTION seats_at(step uuid, owner uuid, confirmer uuid, section uuid, indicator uuid)
RETURNS TABLE (membership_id uuid, user_id uuid, organ_id uuid, organ text, person text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT x.* FROM public.route_steps t, public.seats_of(step, owner, confirmer, section, indicator) x
   WHERE t.id = step AND t.jurisdiction_id = public.actor_jurisdiction()
     AND public.actor_role() IN ('drafter', 'signer', 'lead', 'approver')
$$;
--> statement-breakpoint
-- Steps at which somebody who is still there is named, for all departments or for one: nobody else of the role sits there.
CREATE FUNCTION named_steps()
RETURNS TABLE (step_id uuid, organ_id uuid) LANGUAGE sql STABLE ROWS 10 SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT x.step_id, x.organ_id
    FROM public.seats x
    JOIN public.memberships m ON m.id = x.membership_id AND m.ended_at IS NULL
    JOIN public.users u ON u.id = m.user_id AND u.disabled_at IS NULL
   WHERE x.kind = 'named' AND x.jurisdiction_id = public.actor_jurisdiction()
$$;
--> statement-breakpoint
-- Whether the actor sits anywhere on an item's route by name: they read what went up though it is not their department's.
CREATE FUNCTION has_seat(section uuid, indicator uuid)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (
    SELECT 1 FROM public.seats x
     WHERE x.membership_id = public.actor_seat()
       AND (x.section_id = section OR x.indicator_id = indicator
            OR (x.kind = 'named'
                AND EXISTS (SELECT 1 FROM public.route_steps t
                              JOIN public.routes r ON r.id = t.route_id
                              JOIN (SELECT s.report_id, s.organ_id FROM public.sections s WHERE s.id = section
                                    UNION ALL
                                    SELECT i.report_id, i.organ_id FROM public.indicators i WHERE i.id = indicator) item
                                ON item.report_id = r.report_id
                             WHERE t.id = x.step_id AND t.action <> 'approve'
                               AND (x.organ_id IS NULL OR x.organ_id = item.organ_id)
                               AND NOT EXISTS (SELECT 1 FROM public.step_skips k
                                                WHERE k.step_id = t.id AND k.organ_id = item.organ_id)))))
$$;
--> statement-breakpoint
-- The people of one's own office: to whom one may give one's work for a while.
CREATE FUNCTION colleagues()
RETURNS TABLE (user_id uuid, name text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT DISTINCT u.id, u.name FROM public.memberships m JOIN public.users u ON u.id = m.user_id
   WHERE m.organ_id = public.actor_organ() AND m.ended_at IS NULL AND m.acting_for IS NULL AND u.disabled_at IS NULL
     AND u.id <> public.actor_user() AND public.actor_role() IN ('drafter', 'signer', 'lead', 'approver')
$$;
--> statement-breakpoint
-- For whom the actor's person holds posts for a while: their names, for the list of one's posts.
CREATE FUNCTION principals()
RETURNS TABLE (membership_id uuid, name text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.id, u.name
    FROM public.memberships m
    JOIN public.memberships p ON p.id = m.acting_for
    JOIN public.users u ON u.id = p.user_id
   WHERE m.user_id = public.actor_user() AND public.is_held(m)
$$;
--> statement-breakpoint
-- The posts that the actor's person holds for somebody else now, besides the one they are in: whose, until when, and how much
-- waits there. It is on their own desk that they learn of it.
CREATE FUNCTION acting_posts()
RETURNS TABLE (membership_id uuid, name text, organ text, ends_at timestamptz, waiting integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.id, u.name, g.short_name, m.ends_at,
         (CASE m.role
            WHEN 'drafter' THEN (SELECT count(*) FROM public.sections x JOIN public.reports r ON r.id = x.report_id AND r.status = 'collecting'
                  WHERE x.organ_id = m.organ_id AND x.status IN ('drafting', 'returned') AND x.kind NOT IN ('part', 'chapter', 'indicators'))
              + (SELECT count(*) FROM public.indicators x JOIN public.reports r ON r.id = x.report_id AND r.status = 'collecting'
                  WHERE x.organ_id = m.organ_id AND x.status IN ('drafting', 'returned') AND x.removed_at IS NULL)
            ELSE (SELECT count(*) FROM public.sections x
                   JOIN public.reports r ON r.id = x.report_id AND r.status = 'collecting'
                   JOIN public.route_steps t ON t.id = x.step_id
                  WHERE x.jurisdiction_id = m.jurisdiction_id
                    AND (t.role = m.role OR EXISTS (SELECT 1 FROM public.seats n WHERE n.step_id = t.id AND n.membership_id = m.acting_for))
                    AND m.acting_for IN (SELECT p.membership_id FROM public.seats_of(x.step_id, x.organ_id, NULL, x.id, NULL) p)
                    AND NOT EXISTS (SELECT 1 FROM public.reviews v
                                     WHERE v.section_id = x.id AND v.step_id = x.step_id AND v.round = x.round AND v.verdict <> 'return'
                                       AND (v.seat_id = m.acting_for OR v.user_id = m.user_id)))
              + (SELECT count(*) FROM public.indicators x
                   JOIN public.reports r ON r.id = x.report_id AND r.status = 'collecting'
                   JOIN public.route_steps t ON t.id = x.step_id
                  WHERE x.jurisdiction_id = m.jurisdiction_id AND x.removed_at IS NULL
                    AND (t.role = m.role OR EXISTS (SELECT 1 FROM public.seats n WHERE n.step_id = t.id AND n.membership_id = m.acting_for))
                    AND m.acting_for IN (SELECT p.membership_id FROM public.seats_of(x.step_id, x.organ_id, x.confirm_organ_id, NULL, x.id) p)
                    AND NOT EXISTS (SELECT 1 FROM public.reviews v
                                     WHERE v.indicator_id = x.id AND v.step_id = x.step_id AND v.round = x.round AND v.verdict <> 'return'
                                       AND (v.seat_id = m.acting_for OR v.user_id = m.user_id)))
              + (SELECT count(*) FROM public.reports x
                  WHERE m.role = 'approver' AND x.jurisdiction_id = m.jurisdiction_id AND x.status = 'approving'
                    AND m.acting_for IN (SELECT p.membership_id FROM public.seats_of(x.step_id, NULL, NULL, NULL, NULL) p)
                    AND NOT EXISTS (SELECT 1 FROM public.reviews v
                                     WHERE v.report_id = x.id AND v.section_id IS NULL AND v.indicator_id IS NULL
                                       AND v.step_id = x.step_id AND v.round = x.round AND v.verdict <> 'return'
                                       AND (v.seat_id = m.acting_for OR v.user_id = m.user_id)))
          END)::int
    FROM public.memberships m
    JOIN public.memberships p ON p.id = m.acting_for
    JOIN public.users u ON u.id = p.user_id
    JOIN public.organs g ON g.id = m.organ_id
   WHERE m.user_id = public.actor_user() AND m.id <> public.actor_membership() AND public.is_held(m)
   ORDER BY m.ends_at, m.id
$$;
--> statement-breakpoint
-- How a post that is still held is called, for whoever works on the report and reads who is named on its route.
CREATE FUNCTION post_label(post uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT CASE WHEN starts_with(u.name, o.short_name) THEN u.name ELSE o.short_name || ' ' || u.name END
    FROM public.memberships m
    JOIN public.users u ON u.id = m.user_id AND u.disabled_at IS NULL
    JOIN public.organs o ON o.id = m.organ_id
   WHERE m.id = post AND m.ended_at IS NULL AND m.jurisdiction_id = public.actor_jurisdiction()
     AND public.actor_role() IN ('drafter', 'signer', 'lead', 'approver')
$$;
--> statement-breakpoint
-- The posts that can decide on a text or a row: whom one may add as a reviewer, name in a route, hand over to.
CREATE FUNCTION deciding_posts()
RETURNS TABLE (membership_id uuid, user_id uuid, organ_id uuid, organ text, person text, role text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT m.id, u.id, o.id, o.short_name, u.name, m.role::text
    FROM public.memberships m
    JOIN public.users u ON u.id = m.user_id AND u.disabled_at IS NULL
    JOIN public.organs o ON o.id = m.organ_id
   WHERE m.jurisdiction_id = public.actor_jurisdiction() AND m.ended_at IS NULL AND m.acting_for IS NULL
     AND m.role IN ('signer', 'lead', 'approver') AND public.actor_role() IN ('signer', 'lead', 'approver')
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION is_held(memberships), actor_seat(), look_at_session(text, interval), enter_session(text, interval),
  seats_of(uuid, uuid, uuid, uuid, uuid), seats_at(uuid, uuid, uuid, uuid, uuid), has_seat(uuid, uuid), named_steps(), colleagues(),
  principals(), acting_posts(), post_label(uuid), deciding_posts() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION is_held(memberships), actor_seat(), look_at_session(text, interval), enter_session(text, interval),
  seats_at(uuid, uuid, uuid, uuid, uuid), has_seat(uuid, uuid), named_steps(), colleagues(),
  principals(), acting_posts(), post_label(uuid), deciding_posts() TO huibao_app;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION is_held(memberships), seats_of(uuid, uuid, uuid, uuid, uuid) TO huibao_worker;
--> statement-breakpoint
GRANT UPDATE (step_id, round, came_from, comeback_step_id, comeback_resumes, permitted_until, due_on) ON sections TO huibao_app;
--> statement-breakpoint
GRANT UPDATE (step_id, round, came_from, comeback_step_id, comeback_resumes, permitted_until, due_on) ON indicators TO huibao_app;
--> statement-breakpoint
GRANT UPDATE (step_id, round, due_on) ON reports TO huibao_app;
--> statement-breakpoint
GRANT UPDATE (archived_at) ON routes TO huibao_app;
--> statement-breakpoint
GRANT UPDATE (due_on) ON route_steps TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON reason_answers, seats, stale_approvals TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON step_skips TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (membership_id, label, since, until) ON claims TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (revision_id, indicator_revision_id, earlier_revision_id, earlier_indicator_revision_id, at) ON looks TO huibao_app;
--> statement-breakpoint
-- Days are the lead bureau's, whoever else may move an item.
CREATE FUNCTION guard_days() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  IF public.actor_role() NOT IN ('lead', '') THEN
    RAISE EXCEPTION 'only the lead bureau changes days' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION guard_days() FROM PUBLIC;
--> statement-breakpoint
CREATE TRIGGER guard_days BEFORE UPDATE ON sections FOR EACH ROW
  WHEN (OLD.due_on IS DISTINCT FROM NEW.due_on OR OLD.permitted_until IS DISTINCT FROM NEW.permitted_until)
  EXECUTE FUNCTION guard_days();
--> statement-breakpoint
CREATE TRIGGER guard_days BEFORE UPDATE ON indicators FOR EACH ROW
  WHEN (OLD.due_on IS DISTINCT FROM NEW.due_on OR OLD.permitted_until IS DISTINCT FROM NEW.permitted_until)
  EXECUTE FUNCTION guard_days();
--> statement-breakpoint
CREATE POLICY change ON routes FOR UPDATE TO huibao_app USING (jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint
CREATE POLICY change ON route_steps FOR UPDATE TO huibao_app USING (jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint
-- 代办: a post of one's own, given for a while to somebody of the same office; never one that is held for another.
CREATE POLICY see_acting ON memberships FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND acting_for = (SELECT actor_membership()));
--> statement-breakpoint
CREATE POLICY add_acting ON memberships FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver')
  AND acting_for = (SELECT actor_membership()) AND (SELECT actor_seat()) = (SELECT actor_membership())
  AND organ_id = (SELECT actor_organ()) AND role::text = (SELECT actor_role())
  AND user_id IN (SELECT c.user_id FROM colleagues() c));
--> statement-breakpoint
CREATE POLICY change_acting ON memberships FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND acting_for = (SELECT actor_membership()));
--> statement-breakpoint
CREATE POLICY see ON seats FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON seats FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND CASE kind
        WHEN 'named' THEN (SELECT actor_role()) = 'lead' AND EXISTS (SELECT 1 FROM route_steps t WHERE t.id = seats.step_id)
        ELSE (SELECT actor_role()) IN ('signer', 'lead', 'approver')
          AND (SELECT actor_seat()) = (SELECT actor_membership())
          AND (kind <> 'handed' OR from_id = (SELECT actor_seat()))
          AND EXISTS (SELECT 1 FROM (SELECT s.step_id, s.organ_id, NULL::uuid AS confirmer FROM sections s WHERE s.id = section_id
                                     UNION ALL
                                     SELECT i.step_id, i.organ_id, i.confirm_organ_id FROM indicators i WHERE i.id = indicator_id) item
                       WHERE item.step_id = seats.step_id
                         AND EXISTS (SELECT 1 FROM deciding_posts() p JOIN route_steps t ON t.id = seats.step_id
                                      WHERE p.membership_id = seats.membership_id AND p.role = t.role::text
                                        AND (t.office = 'any' OR p.organ_id = CASE t.office WHEN 'owner' THEN item.organ_id ELSE item.confirmer END))
                         AND ((SELECT actor_role()) = 'lead'
                              OR (SELECT actor_seat()) IN (SELECT p.membership_id FROM seats_at(item.step_id, item.organ_id, item.confirmer, section_id, indicator_id) p)))
      END);
--> statement-breakpoint
CREATE POLICY see ON step_skips FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON step_skips FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead'
  AND EXISTS (SELECT 1 FROM route_steps t WHERE t.id = step_skips.step_id AND t.skippable));
--> statement-breakpoint
CREATE POLICY remove ON step_skips FOR DELETE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint
-- Whether the actor is among those who decide on this text now.
CREATE FUNCTION sits_at_section(section uuid)
RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT EXISTS (SELECT 1 FROM public.sections s, public.seats_of(s.step_id, s.organ_id, NULL, s.id, NULL) p
                  WHERE s.id = section AND s.jurisdiction_id = public.actor_jurisdiction()
                    AND p.membership_id = public.actor_seat())
$$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION sits_at_section(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION sits_at_section(uuid) TO huibao_app;
--> statement-breakpoint
CREATE POLICY see ON claims FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON claims FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver')
  AND membership_id = (SELECT actor_membership()) AND sits_at_section(section_id));
--> statement-breakpoint
-- Taken over by who sits at the step too; given up by who has it, also when the text has gone on meanwhile.
CREATE POLICY change ON claims FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver')
  AND (membership_id = (SELECT actor_membership()) OR sits_at_section(section_id)))
WITH CHECK (jurisdiction_id = (SELECT actor_jurisdiction()) AND membership_id = (SELECT actor_membership()));
--> statement-breakpoint
CREATE POLICY own ON looks FOR ALL TO huibao_app USING (user_id = (SELECT actor_user()))
WITH CHECK (jurisdiction_id = (SELECT actor_jurisdiction()) AND user_id = (SELECT actor_user()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver')
  AND (section_id IS NULL OR EXISTS (SELECT 1 FROM revisions r WHERE r.id = revision_id AND r.section_id = looks.section_id))
  AND (indicator_id IS NULL OR EXISTS (SELECT 1 FROM indicator_revisions r WHERE r.id = indicator_revision_id AND r.indicator_id = looks.indicator_id)));
--> statement-breakpoint
CREATE POLICY see ON stale_approvals FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON stale_approvals FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'drafter' AND organ_id = (SELECT actor_organ())
  AND (EXISTS (SELECT 1 FROM sections s WHERE s.id = stale_approvals.section_id AND s.organ_id = stale_approvals.organ_id
                AND s.approved_revision_id = stale_approvals.revision_id)
       OR EXISTS (SELECT 1 FROM indicators i WHERE i.id = stale_approvals.indicator_id AND i.organ_id = stale_approvals.organ_id
                   AND i.approved_revision_id = stale_approvals.indicator_revision_id)));
--> statement-breakpoint
-- Who sees the reason sees the answers (its policy applies here too).
CREATE POLICY see ON reason_answers FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND EXISTS (SELECT 1 FROM review_reasons x WHERE x.id = reason_answers.reason_id));
--> statement-breakpoint
CREATE POLICY add ON reason_answers FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'drafter' AND author_id = (SELECT actor_user())
  AND organ_id = (SELECT actor_organ())
  AND EXISTS (SELECT 1 FROM review_reasons x WHERE x.id = reason_answers.reason_id AND x.organ_id = reason_answers.organ_id));
--> statement-breakpoint
-- Who was given a seat decides though it is another department's: what has gone up, its verdicts and its evidence.
CREATE POLICY change_seated ON sections FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver') AND has_seat(id, NULL));
--> statement-breakpoint
CREATE POLICY change_seated ON indicators FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver') AND has_seat(NULL, id));
--> statement-breakpoint
CREATE POLICY see_seated ON revisions FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver') AND kind = 'submitted' AND has_seat(section_id, NULL));
--> statement-breakpoint
CREATE POLICY see_seated ON indicator_revisions FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver') AND has_seat(NULL, indicator_id));
--> statement-breakpoint
CREATE POLICY see_seated ON reviews FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver')
  AND (section_id IS NOT NULL OR indicator_id IS NOT NULL) AND has_seat(section_id, indicator_id));
--> statement-breakpoint
CREATE POLICY see_seated ON review_reasons FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver')
  AND (section_id IS NOT NULL OR indicator_id IS NOT NULL) AND has_seat(section_id, indicator_id));
--> statement-breakpoint
CREATE POLICY add_seated ON reviews FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver') AND user_id = (SELECT actor_user())
  AND membership_id = (SELECT actor_membership())
  AND (section_id IS NOT NULL OR indicator_id IS NOT NULL) AND has_seat(section_id, indicator_id));
--> statement-breakpoint
-- A vote is the actor's own seat's, and a reason is of the department whose item it names.
CREATE POLICY own_seat ON reviews AS RESTRICTIVE FOR INSERT TO huibao_app WITH CHECK (
  seat_id IS NULL OR seat_id = (SELECT actor_seat()));
--> statement-breakpoint
CREATE POLICY own_department ON review_reasons AS RESTRICTIVE FOR INSERT TO huibao_app WITH CHECK (
  EXISTS (SELECT 1 FROM sections s WHERE s.id = review_reasons.section_id AND s.organ_id = review_reasons.organ_id)
  OR EXISTS (SELECT 1 FROM indicators i WHERE i.id = review_reasons.indicator_id AND i.organ_id = review_reasons.organ_id));
--> statement-breakpoint
CREATE POLICY add_seated ON review_reasons FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver') AND has_seat(section_id, indicator_id));
--> statement-breakpoint
CREATE POLICY see_seated ON evidence FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('signer', 'lead', 'approver') AND has_seat(section_id, indicator_id)
  AND (EXISTS (SELECT 1 FROM sections s WHERE s.id = evidence.section_id AND s.submitted_revision_id IS NOT NULL)
       OR EXISTS (SELECT 1 FROM indicators i WHERE i.id = evidence.indicator_id AND i.submitted_revision_id IS NOT NULL)));
--> statement-breakpoint
-- The state that everybody knows and the step that it speaks of cannot contradict each other, whoever writes the row.
ALTER TABLE "sections" ADD CONSTRAINT "sections_at_a_step" CHECK ((step_id is not null) = (status in ('signing', 'reviewing')));
--> statement-breakpoint
ALTER TABLE "indicators" ADD CONSTRAINT "indicators_at_a_step" CHECK ((step_id is not null) = (status in ('signing', 'confirming', 'reviewing')));
--> statement-breakpoint
-- Desks, boards and review pages that are open hear at once that something has moved (app/_server/watch-topics.ts), as
-- sections do (0005): triggers, in the transaction of the change. Never what, only by which post: the page asks again, as
-- its reader. One signal of a kind for a statement, however many rows it moved.
CREATE FUNCTION signal_topics(topics text[], kind text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_notify('huibao_signals', json_build_object('topic', x.topic, 'kind', kind,
    'data', json_build_object('by', public.actor_membership()))::text)
    FROM (SELECT DISTINCT unnest(topics) AS topic) x WHERE x.topic IS NOT NULL;
END $$;
--> statement-breakpoint
-- Whose desk an item at this step lies on besides its own offices': everybody's of the role where any office may decide.
CREATE FUNCTION step_topic(step uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT 'role:' || t.jurisdiction_id || ':' || t.role FROM public.route_steps t WHERE t.id = step AND t.office = 'any'
$$;
--> statement-breakpoint
CREATE FUNCTION signal_sections() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(array_agg(x.topic), 'moved')
    FROM now_rows n JOIN was_rows w ON w.id = n.id
    CROSS JOIN LATERAL (VALUES ('report:' || n.report_id), ('office:' || n.organ_id), ('office:' || w.organ_id),
                               (public.step_topic(n.step_id)), (public.step_topic(w.step_id))) x (topic)
   WHERE (n.version, n.status, n.step_id, n.organ_id, n.due_on, n.permitted_until)
         IS DISTINCT FROM (w.version, w.status, w.step_id, w.organ_id, w.due_on, w.permitted_until);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION signal_indicators() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(array_agg(x.topic), 'moved')
    FROM now_rows n JOIN was_rows w ON w.id = n.id
    CROSS JOIN LATERAL (VALUES ('report:' || n.report_id), ('office:' || n.organ_id), ('office:' || w.organ_id),
                               ('office:' || n.confirm_organ_id), ('office:' || w.confirm_organ_id),
                               (public.step_topic(n.step_id)), (public.step_topic(w.step_id))) x (topic)
   WHERE (n.version, n.status, n.step_id, n.organ_id, n.confirm_organ_id, n.due_on, n.permitted_until)
         IS DISTINCT FROM (w.version, w.status, w.step_id, w.organ_id, w.confirm_organ_id, w.due_on, w.permitted_until);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- A report that is opened, sent up or approved: the desks of all who work on reports show it, and nobody else's.
CREATE FUNCTION signal_report() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(ARRAY['report:' || NEW.id, 'authors:' || NEW.jurisdiction_id], 'moved');
  RETURN NULL;
END $$;
--> statement-breakpoint
-- One that is delivered: every desk of the district.
CREATE FUNCTION signal_delivery() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(ARRAY['district:' || NEW.jurisdiction_id], 'moved');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION signal_notifications() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics((SELECT array_agg('post:' || n.membership_id) FROM now_rows n), 'moved');
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Somebody takes a text in hand, takes it over or gives it up; that they go on having it is no news.
CREATE FUNCTION signal_claim() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(ARRAY['report:' || s.report_id, 'office:' || s.organ_id, public.step_topic(s.step_id)], 'claimed')
    FROM public.sections s WHERE s.id = NEW.section_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER signal_moved AFTER UPDATE ON sections REFERENCING OLD TABLE AS was_rows NEW TABLE AS now_rows
  FOR EACH STATEMENT EXECUTE FUNCTION signal_sections();
--> statement-breakpoint
CREATE TRIGGER signal_moved AFTER UPDATE ON indicators REFERENCING OLD TABLE AS was_rows NEW TABLE AS now_rows
  FOR EACH STATEMENT EXECUTE FUNCTION signal_indicators();
--> statement-breakpoint
CREATE TRIGGER signal_opened AFTER INSERT ON reports FOR EACH ROW EXECUTE FUNCTION signal_report();
--> statement-breakpoint
CREATE TRIGGER signal_moved AFTER UPDATE ON reports FOR EACH ROW
  WHEN ((OLD.version, OLD.status, OLD.due_on) IS DISTINCT FROM (NEW.version, NEW.status, NEW.due_on))
  EXECUTE FUNCTION signal_report();
--> statement-breakpoint
CREATE TRIGGER signal_delivered AFTER INSERT ON deliveries FOR EACH ROW EXECUTE FUNCTION signal_delivery();
--> statement-breakpoint
CREATE TRIGGER signal_told AFTER INSERT ON notifications REFERENCING NEW TABLE AS now_rows
  FOR EACH STATEMENT EXECUTE FUNCTION signal_notifications();
--> statement-breakpoint
CREATE TRIGGER signal_claimed AFTER INSERT ON claims FOR EACH ROW EXECUTE FUNCTION signal_claim();
--> statement-breakpoint
CREATE TRIGGER signal_claim_moved AFTER UPDATE ON claims FOR EACH ROW
  WHEN (OLD.membership_id IS DISTINCT FROM NEW.membership_id OR OLD.since IS DISTINCT FROM NEW.since OR NEW.until < OLD.until)
  EXECUTE FUNCTION signal_claim();
--> statement-breakpoint
-- What changes without the item moving: a vote of several, an approval that is out of date, who sits there, a step left out.
-- What a verdict moves says the same words besides, and PostgreSQL sends the same words of one transaction once.
CREATE FUNCTION signal_votes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(array_agg(x.topic), 'moved')
    FROM now_rows n LEFT JOIN public.indicators i ON i.id = n.indicator_id
    CROSS JOIN LATERAL (VALUES ('report:' || n.report_id), ('office:' || n.organ_id), ('office:' || i.confirm_organ_id),
                               (public.step_topic(n.step_id))) x (topic);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION signal_stale() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(array_agg(x.topic), 'moved')
    FROM now_rows n
    LEFT JOIN public.sections s ON s.id = n.section_id
    LEFT JOIN public.indicators i ON i.id = n.indicator_id
    CROSS JOIN LATERAL (VALUES ('report:' || coalesce(s.report_id, i.report_id)), ('office:' || n.organ_id)) x (topic);
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Who is added or takes over, who gives it away, and whoever acts for them.
CREATE FUNCTION signal_seats() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(array_agg(x.topic), 'moved')
    FROM now_rows n
    LEFT JOIN public.sections s ON s.id = n.section_id
    LEFT JOIN public.indicators i ON i.id = n.indicator_id
    LEFT JOIN public.memberships m ON m.id IN (n.membership_id, n.from_id) OR m.acting_for IN (n.membership_id, n.from_id)
    CROSS JOIN LATERAL (VALUES ('report:' || coalesce(s.report_id, i.report_id)), ('office:' || coalesce(s.organ_id, i.organ_id)),
                               ('post:' || m.id)) x (topic)
   WHERE n.kind <> 'named';
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION signal_skips() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(array_agg(x.topic), 'moved')
    FROM now_rows n
    JOIN public.route_steps t ON t.id = n.step_id
    JOIN public.routes r ON r.id = t.route_id AND r.report_id IS NOT NULL
    CROSS JOIN LATERAL (VALUES ('report:' || r.report_id), ('office:' || n.organ_id)) x (topic);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER signal_voted AFTER INSERT ON reviews REFERENCING NEW TABLE AS now_rows
  FOR EACH STATEMENT EXECUTE FUNCTION signal_votes();
--> statement-breakpoint
CREATE TRIGGER signal_outdated AFTER INSERT ON stale_approvals REFERENCING NEW TABLE AS now_rows
  FOR EACH STATEMENT EXECUTE FUNCTION signal_stale();
--> statement-breakpoint
CREATE TRIGGER signal_seated AFTER INSERT ON seats REFERENCING NEW TABLE AS now_rows
  FOR EACH STATEMENT EXECUTE FUNCTION signal_seats();
--> statement-breakpoint
CREATE TRIGGER signal_skipped AFTER INSERT ON step_skips REFERENCING NEW TABLE AS now_rows
  FOR EACH STATEMENT EXECUTE FUNCTION signal_skips();
--> statement-breakpoint
CREATE TRIGGER signal_unskipped AFTER DELETE ON step_skips REFERENCING OLD TABLE AS now_rows
  FOR EACH STATEMENT EXECUTE FUNCTION signal_skips();
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION signal_votes(), signal_stale(), signal_seats(), signal_skips() FROM PUBLIC;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION signal_topics(text[], text), signal_report(), signal_delivery(), step_topic(uuid), signal_sections(), signal_indicators(), signal_notifications(), signal_claim() FROM PUBLIC;
