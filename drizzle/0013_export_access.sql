-- Files of editions, and what people ask to be made (tables of 0011, written by hand). Twin: domain/export/policy.ts.
-- All of them are made by the worker: the web asks, waits and reads.
GRANT SELECT ON edition_files, export_parts TO huibao_app;
--> statement-breakpoint
GRANT SELECT, INSERT ON export_requests TO huibao_app;
--> statement-breakpoint
-- Who may read an edition (its policy applies here too) may have its files; those with the record of its making (who
-- decided what, the audit extract, the departments' attachments) are for the lead bureau and the approver.
CREATE POLICY see ON edition_files FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND (format NOT IN ('json', 'zip') OR (SELECT actor_role()) IN ('lead', 'approver'))
  AND EXISTS (SELECT 1 FROM editions e WHERE e.id = edition_files.edition_id));
--> statement-breakpoint
-- Whose text it is made of is theirs to read now, in the post that they asked in: one that is gone takes along what was
-- made for it, and in another post of theirs they may not know who asked for a change.
CREATE POLICY see ON export_requests FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND requested_by = (SELECT actor_user())
  AND membership_id = (SELECT actor_membership())
  AND CASE source
        WHEN 'draft' THEN (SELECT actor_role()) = 'lead'
          OR ((SELECT actor_role()) = 'approver'
              AND EXISTS (SELECT 1 FROM reports r WHERE r.id = export_requests.report_id AND r.status <> 'collecting'))
        ELSE EXISTS (SELECT 1 FROM editions e WHERE e.id = export_requests.edition_id)
          AND (earlier_id IS NULL OR EXISTS (SELECT 1 FROM editions e WHERE e.id = export_requests.earlier_id))
      END);
--> statement-breakpoint
CREATE POLICY ask ON export_requests FOR INSERT TO huibao_app WITH CHECK (
  jurisdiction_id = (SELECT actor_jurisdiction()) AND requested_by = (SELECT actor_user()) AND status = 'queued' AND step = 0
  AND membership_id = (SELECT actor_membership())
  AND num_nonnulls(refusal, started_at, finished_at) = 0
  AND CASE source
        WHEN 'draft' THEN edition_id IS NULL AND earlier_id IS NULL
          AND EXISTS (SELECT 1 FROM reports r WHERE r.id = export_requests.report_id
                       AND ((SELECT actor_role()) = 'lead' OR ((SELECT actor_role()) = 'approver' AND r.status <> 'collecting')))
        ELSE EXISTS (SELECT 1 FROM editions e
                      WHERE e.id = export_requests.edition_id AND e.report_id = export_requests.report_id)
          AND (source = 'comparison') = (earlier_id IS NOT NULL)
          AND (earlier_id IS NULL OR EXISTS (SELECT 1 FROM editions e
                WHERE e.id = export_requests.earlier_id AND e.report_id = export_requests.report_id))
      END);
--> statement-breakpoint
CREATE POLICY see ON export_parts FOR SELECT TO huibao_app USING (
  jurisdiction_id = (SELECT actor_jurisdiction())
  AND EXISTS (SELECT 1 FROM export_requests r WHERE r.id = export_parts.export_id));
--> statement-breakpoint

-- The worker: sealed texts, what was asked for and how it went, and the files. Nothing of a report that is being written.
GRANT SELECT ON editions TO huibao_worker;
--> statement-breakpoint
GRANT SELECT, INSERT ON edition_files TO huibao_worker;
--> statement-breakpoint
GRANT SELECT, UPDATE (status, step, steps, refusal, started_at, finished_at), DELETE ON export_requests TO huibao_worker;
--> statement-breakpoint
GRANT SELECT, INSERT ON export_parts TO huibao_worker;
--> statement-breakpoint
CREATE POLICY make ON editions FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint
CREATE POLICY make ON edition_files FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint
CREATE POLICY add ON edition_files FOR INSERT TO huibao_worker WITH CHECK (
  EXISTS (SELECT 1 FROM editions e WHERE e.id = edition_files.edition_id AND e.jurisdiction_id = edition_files.jurisdiction_id));
--> statement-breakpoint
CREATE POLICY make ON export_requests FOR ALL TO huibao_worker USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY make ON export_parts FOR SELECT TO huibao_worker USING (true);
--> statement-breakpoint
CREATE POLICY add ON export_parts FOR INSERT TO huibao_worker WITH CHECK (
  EXISTS (SELECT 1 FROM export_requests r WHERE r.id = export_parts.export_id AND r.jurisdiction_id = export_parts.jurisdiction_id));
--> statement-breakpoint
-- The bytes of a file that an edition's record names: no other evidence is the worker's to read.
CREATE FUNCTION edition_attachment(wanted_edition uuid, wanted_file uuid) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT f.bytes FROM public.evidence f JOIN public.editions e ON e.jurisdiction_id = f.jurisdiction_id
   WHERE e.id = wanted_edition AND f.id = wanted_file
     AND e.record -> 'attachments' @> jsonb_build_array(jsonb_build_object('id', wanted_file::text))
$$;
--> statement-breakpoint

-- One file at a time, in this order: a page that somebody looks at, what somebody waits for, an edition's files after its
-- sealing, archives. A key that is queued already only moves forward.
CREATE FUNCTION enqueue_file(edition uuid, file public.export_format, awaited boolean) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT graphile_worker.add_job('make-file', json_build_object('edition', edition, 'format', file), queue_name := 'render',
    max_attempts := 8, job_key := 'edition-' || edition || '-' || file,
    priority := CASE WHEN file = 'zip' THEN CASE WHEN awaited THEN 15 ELSE 30 END WHEN awaited THEN 10 ELSE 20 END);
$$;
--> statement-breakpoint
-- All files of an edition that was just sealed; one without a table has no workbook.
CREATE FUNCTION enqueue_files() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.enqueue_file(NEW.id, f.format, false)
     FROM unnest(enum_range(NULL::public.export_format)) f (format)
    WHERE f.format <> 'pages' AND (f.format <> 'xlsx' OR NEW.document ? 'indicators');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER enqueue AFTER INSERT ON editions FOR EACH ROW EXECUTE FUNCTION enqueue_files();
--> statement-breakpoint
CREATE FUNCTION enqueue_export() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM graphile_worker.add_job('make-file', json_build_object('export', NEW.id), queue_name := 'render', max_attempts := 5,
    job_key := 'export-' || NEW.id, priority := CASE WHEN NEW.format = 'pages' THEN 0 ELSE 10 END);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER enqueue AFTER INSERT ON export_requests FOR EACH ROW EXECUTE FUNCTION enqueue_export();
--> statement-breakpoint
-- What waits to be made, and how many are before it; the queue itself belongs to the owner. `failure` is of the last try.
CREATE FUNCTION render_queue() RETURNS TABLE (key text, place integer, running boolean, failure text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT j.key, (row_number() OVER (ORDER BY j.attempts >= j.max_attempts, j.locked_at IS NULL, j.priority, j.run_at, j.id) - 1)::int,
         j.locked_at IS NOT NULL, split_part(j.last_error, E'\n', 1)
    FROM graphile_worker._private_jobs j
    JOIN graphile_worker._private_job_queues q ON q.id = j.job_queue_id AND q.queue_name = 'render'
   WHERE j.key IS NOT NULL
$$;
--> statement-breakpoint

-- Pages that show how it goes: `export-queue` of everybody who waits (a place in the queue is news too), `exports` of what
-- is done or has failed, `export` of whoever waits for this one.
CREATE FUNCTION signal_export() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(ARRAY['export-queue:' || NEW.requested_by, 'export:' || NEW.id,
    CASE WHEN NEW.status IN ('done', 'failed') AND NEW.format <> 'pages' THEN 'exports:' || NEW.requested_by END], 'moved');
  IF TG_OP = 'UPDATE' AND NEW.status <> OLD.status THEN
    PERFORM public.signal_topics((SELECT array_agg('export-queue:' || r.requested_by) FROM public.export_requests r
                                   WHERE r.status IN ('queued', 'running') AND r.requested_by <> NEW.requested_by), 'moved');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION signal_edition_file() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM public.signal_topics(ARRAY['edition-file:' || NEW.edition_id, 'edition-files:' || NEW.jurisdiction_id], 'moved');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER signal_asked AFTER INSERT ON export_requests FOR EACH ROW EXECUTE FUNCTION signal_export();
--> statement-breakpoint
CREATE TRIGGER signal_moved AFTER UPDATE ON export_requests FOR EACH ROW
  WHEN ((OLD.status, OLD.step) IS DISTINCT FROM (NEW.status, NEW.step)) EXECUTE FUNCTION signal_export();
--> statement-breakpoint
CREATE TRIGGER signal_made AFTER INSERT ON edition_files FOR EACH ROW EXECUTE FUNCTION signal_edition_file();
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION edition_attachment(uuid, uuid), enqueue_file(uuid, export_format, boolean), enqueue_files(), enqueue_export(),
  render_queue(), signal_export(), signal_edition_file() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION edition_attachment(uuid, uuid) TO huibao_worker;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION enqueue_file(uuid, export_format, boolean), render_queue() TO huibao_app;
