-- The lead bureau lays the texts of a file into a report that is under way, without ever seeing a department's draft. These
-- functions run as their owner and look for themselves who asks. Twin: domain/report/policy.ts, "import".

-- The leaves of a report that nobody has written in: the lead bureau is told which, and nothing of the others.
CREATE FUNCTION untouched_leaves(report uuid)
RETURNS TABLE (section_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.id
    FROM public.sections s
    JOIN public.reports r ON r.id = s.report_id AND r.status = 'collecting'
    JOIN public.drafts d ON d.section_id = s.id
   WHERE s.report_id = report AND s.status = 'drafting' AND s.jurisdiction_id = public.actor_jurisdiction()
     AND public.actor_role() = 'lead'
     AND d.version = 0 AND d.revision_count = 0 AND d.content -> 'content' = '[]'::jsonb
$$;
--> statement-breakpoint
-- Puts a text into an untouched working copy and keeps it as revision 1, in nobody's hand (writers stays empty). False:
-- somebody has written there, or the leaf or report has moved on, or is none of the asker's; then nothing was changed.
CREATE FUNCTION lay_text(leaf uuid, body jsonb, why text, label text, moment timestamptz)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE found_leaf record;
BEGIN
  IF public.actor_role() <> 'lead' OR jsonb_typeof(body -> 'content') IS DISTINCT FROM 'array' THEN
    RETURN false;
  END IF;
  SELECT s.jurisdiction_id, s.organ_id INTO found_leaf
    FROM public.sections s
    JOIN public.reports r ON r.id = s.report_id
   WHERE s.id = leaf AND s.status = 'drafting' AND s.kind NOT IN ('part', 'chapter', 'indicators')
     AND s.jurisdiction_id = public.actor_jurisdiction() AND r.status = 'collecting'
     FOR SHARE OF s, r;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE public.drafts d
     SET content = body, version = 1, revision_count = 1, updated_label = label, updated_at = moment
   WHERE d.section_id = leaf AND d.version = 0 AND d.revision_count = 0 AND d.content -> 'content' = '[]'::jsonb;
  IF NOT FOUND THEN RETURN false; END IF;
  INSERT INTO public.revisions (jurisdiction_id, section_id, organ_id, number, kind, content, writers, author_id,
                                author_label, note, created_at)
  VALUES (found_leaf.jurisdiction_id, leaf, found_leaf.organ_id, 1, 'saved', body, '{}', public.actor_user(), label, why,
          moment);
  RETURN true;
END $$;
--> statement-breakpoint
-- The figures of a file, in rows of the catalogue that nobody has ever filled in: carried, nobody's own work. How many
-- cells were written; a row that has a figure already, or has had one, takes none.
CREATE FUNCTION lay_figures(cells jsonb, label text, moment timestamptz)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE written integer;
BEGIN
  IF public.actor_role() <> 'lead' THEN RETURN 0; END IF;
  WITH wanted AS (
    SELECT i.jurisdiction_id, c.*
      FROM jsonb_to_recordset(cells) AS c(indicator uuid, field public.figure_field, state public.figure_state,
                                          value numeric, words text, reason text)
      JOIN public.indicators i ON i.id = c.indicator AND i.status = 'drafting' AND i.removed_at IS NULL
       AND i.jurisdiction_id = public.actor_jurisdiction()
      JOIN public.reports r ON r.id = i.report_id AND r.status = 'collecting'
     WHERE NOT EXISTS (SELECT 1 FROM public.figures f WHERE f.indicator_id = i.id)
       AND NOT EXISTS (SELECT 1 FROM public.figure_changes h WHERE h.indicator_id = i.id)
  ), laid AS (
    INSERT INTO public.figures (jurisdiction_id, indicator_id, field, state, value, words, reason, version, author_label,
                                updated_at)
    SELECT w.jurisdiction_id, w.indicator, w.field, w.state, w.value, w.words, w.reason, 1, label, moment FROM wanted w
    ON CONFLICT DO NOTHING RETURNING *
  ), kept AS (
    INSERT INTO public.figure_changes (jurisdiction_id, indicator_id, field, state, value, words, reason, version,
                                       carried, author_id, author_label, created_at)
    SELECT l.jurisdiction_id, l.indicator_id, l.field, l.state, l.value, l.words, l.reason, 1, true,
           public.actor_user(), label, moment FROM laid l
    RETURNING 1
  )
  SELECT count(*) INTO written FROM kept;
  RETURN written;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION untouched_leaves(uuid), lay_text(uuid, jsonb, text, text, timestamptz),
  lay_figures(jsonb, text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION untouched_leaves(uuid), lay_text(uuid, jsonb, text, text, timestamptz),
  lay_figures(jsonb, text, timestamptz) TO huibao_app;
