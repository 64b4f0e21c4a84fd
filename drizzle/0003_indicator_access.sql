-- Who may see and write figures; twins in domain/indicator/policy.ts. As 0001_access.sql: access.db.test.ts and
-- sight.db.test.ts prove that they agree.

GRANT SELECT, INSERT, UPDATE (position, code, official_name, short_name, aliases, unit, kind, basis, decimals, organ_id,
  confirm_organ_id, status, version, submitted_revision_id, approved_revision_id, signed_by,
  moved_at, removed_at) ON indicators TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (state, value, words, reason, source_department, source_document, source_date,
  version, author_label, updated_at) ON figures TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (removed_at) ON evidence TO huibao_app;
--> statement-breakpoint
-- Append-only.
GRANT SELECT, INSERT ON figure_changes, indicator_revisions, frozen_figures, waivers TO huibao_app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE figure_changes_id_seq, frozen_figures_id_seq, waivers_id_seq TO huibao_app;
--> statement-breakpoint
GRANT SELECT (id, organ_id, confirm_organ_id) ON indicators TO huibao_worker;
--> statement-breakpoint

-- The catalogue and its states, without any figure: those who work on the report.
CREATE POLICY see ON indicators FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (SELECT actor_role()) IN ('drafter', 'signer', 'lead', 'approver'));
--> statement-breakpoint
CREATE POLICY add ON indicators FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead');
--> statement-breakpoint
CREATE POLICY change ON indicators FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND ((SELECT actor_role()) IN ('lead', 'approver')
       OR ((SELECT actor_role()) = 'drafter' AND organ_id = (SELECT actor_organ()))
       OR ((SELECT actor_role()) = 'signer'
           AND (organ_id = (SELECT actor_organ()) OR confirm_organ_id = (SELECT actor_organ())))));
--> statement-breakpoint
CREATE POLICY deliver ON indicators FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint

-- Working cells: the department's that owns the row now, alone. A new period may carry last year's actual into its
-- column, as the lead bureau read it.
CREATE POLICY see ON figures FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer')
  AND EXISTS (SELECT 1 FROM indicators i WHERE i.id = figures.indicator_id AND i.organ_id = (SELECT actor_organ())));
--> statement-breakpoint
CREATE POLICY add ON figures FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (((SELECT actor_role()) = 'drafter'
        AND EXISTS (SELECT 1 FROM indicators i WHERE i.id = figures.indicator_id AND i.organ_id = (SELECT actor_organ())))
       OR ((SELECT actor_role()) = 'lead' AND field = 'lastActual' AND version = 1)));
--> statement-breakpoint
CREATE POLICY change ON figures FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'drafter'
  AND EXISTS (SELECT 1 FROM indicators i WHERE i.id = figures.indicator_id AND i.organ_id = (SELECT actor_organ())));
--> statement-breakpoint
CREATE POLICY see ON figure_changes FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer')
  AND EXISTS (SELECT 1 FROM indicators i WHERE i.id = figure_changes.indicator_id AND i.organ_id = (SELECT actor_organ())));
--> statement-breakpoint
CREATE POLICY add ON figure_changes FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND author_id = (SELECT actor_user())
  AND (((SELECT actor_role()) = 'drafter'
        AND EXISTS (SELECT 1 FROM indicators i WHERE i.id = figure_changes.indicator_id AND i.organ_id = (SELECT actor_organ())))
       OR ((SELECT actor_role()) = 'lead' AND field = 'lastActual' AND version = 1 AND carried)));
--> statement-breakpoint

-- Rows as they went up: the owner and the confirming office; the lead bureau; what has been passed, every department
-- that writes the report, so that its text can quote it; the approver once the whole is before him.
CREATE POLICY see ON indicator_revisions FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND CASE
        WHEN (SELECT actor_role()) = 'lead' THEN true
        WHEN (SELECT actor_role()) IN ('drafter', 'signer') THEN
          organ_id = (SELECT actor_organ())
          OR EXISTS (SELECT 1 FROM indicators i WHERE i.id = indicator_revisions.indicator_id
                      AND (i.organ_id = (SELECT actor_organ()) OR i.confirm_organ_id = (SELECT actor_organ())
                           OR i.approved_revision_id = indicator_revisions.id))
        WHEN (SELECT actor_role()) = 'approver' THEN EXISTS (
          SELECT 1 FROM indicators i JOIN reports r ON r.id = i.report_id
           WHERE i.approved_revision_id = indicator_revisions.id AND r.status <> 'collecting')
        ELSE false
      END);
--> statement-breakpoint
CREATE POLICY add ON indicator_revisions FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND organ_id = (SELECT actor_organ())
  AND (SELECT actor_role()) = 'drafter' AND author_id = (SELECT actor_user()));
--> statement-breakpoint

-- Evidence goes with the row: the owner always; the confirming office and the lead bureau once the row has gone up.
CREATE POLICY see ON evidence FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND EXISTS (SELECT 1 FROM indicators i WHERE i.id = evidence.indicator_id
               AND (((SELECT actor_role()) IN ('drafter', 'signer') AND i.organ_id = (SELECT actor_organ()))
                    OR (i.submitted_revision_id IS NOT NULL
                        AND ((SELECT actor_role()) = 'lead'
                             OR ((SELECT actor_role()) IN ('drafter', 'signer')
                                 AND i.confirm_organ_id = (SELECT actor_organ())))))));
--> statement-breakpoint
CREATE POLICY add ON evidence FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'drafter'
  AND author_id = (SELECT actor_user())
  AND EXISTS (SELECT 1 FROM indicators i WHERE i.id = evidence.indicator_id AND i.organ_id = (SELECT actor_organ())));
--> statement-breakpoint
CREATE POLICY change ON evidence FOR UPDATE TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'drafter'
  AND EXISTS (SELECT 1 FROM indicators i WHERE i.id = evidence.indicator_id AND i.organ_id = (SELECT actor_organ())));
--> statement-breakpoint

-- The frozen words of an approved text go with that text: who sees the revision (its policy applies here too).
CREATE POLICY see ON frozen_figures FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND EXISTS (SELECT 1 FROM revisions v WHERE v.id = frozen_figures.revision_id));
--> statement-breakpoint
CREATE POLICY add ON frozen_figures FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'lead'
  AND author_id = (SELECT actor_user()));
--> statement-breakpoint

-- Explanations of findings quote figures in their keys: the department that wrote one, the lead bureau, and the approver
-- once the whole is before him. The lead bureau's own let a department's figures go up, which must therefore see them.
CREATE POLICY see ON waivers FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND CASE
        WHEN (SELECT actor_role()) = 'lead' THEN true
        WHEN (SELECT actor_role()) IN ('drafter', 'signer') THEN
          organ_id = (SELECT actor_organ())
          OR EXISTS (SELECT 1 FROM organs o WHERE o.id = waivers.organ_id AND o.kind = 'lead')
        WHEN (SELECT actor_role()) = 'approver' THEN EXISTS (
          SELECT 1 FROM reports r WHERE r.id = waivers.report_id AND r.status <> 'collecting')
        ELSE false
      END);
--> statement-breakpoint
CREATE POLICY add ON waivers FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND organ_id = (SELECT actor_organ())
  AND (SELECT actor_role()) IN ('drafter', 'lead') AND author_id = (SELECT actor_user()));
--> statement-breakpoint

-- Verdicts on an indicator are read and given by its confirming office too.
CREATE POLICY see_confirmed ON reviews FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer')
  AND EXISTS (SELECT 1 FROM indicators i
               WHERE i.id = reviews.indicator_id AND i.confirm_organ_id = (SELECT actor_organ())));
--> statement-breakpoint
CREATE POLICY add_confirmed ON reviews FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND user_id = (SELECT actor_user())
  AND membership_id = (SELECT actor_membership()) AND (SELECT actor_role()) = 'signer'
  AND EXISTS (SELECT 1 FROM indicators i
               WHERE i.id = reviews.indicator_id AND i.confirm_organ_id = (SELECT actor_organ())));
--> statement-breakpoint
CREATE POLICY see_confirmed ON review_reasons FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) IN ('drafter', 'signer')
  AND EXISTS (SELECT 1 FROM indicators i
               WHERE i.id = review_reasons.indicator_id AND i.confirm_organ_id = (SELECT actor_organ())));
--> statement-breakpoint
CREATE POLICY add_confirmed ON review_reasons FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND (SELECT actor_role()) = 'signer'
  AND EXISTS (SELECT 1 FROM indicators i
               WHERE i.id = review_reasons.indicator_id AND i.confirm_organ_id = (SELECT actor_organ())));
