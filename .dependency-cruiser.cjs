/** The direction rules of docs/architecture.md. With Turbopack a client component that reaches a query builds without
 * an error, so these rules are the only guard. */
const pure =
  "^domain/[^/]+/(workflow|policy|schema|content|content-schema|content-limits|content-fits|length|numbering|official-numbers|compare|compare-lists|compare-words|compare-documents|compare-pairs|compare-grids|compare-spans|shortest-edit|empty-table|merge|anchor|hunks|check-section|recognise|recognise-outline|match-outline|normalise|report-plan|section-plan|propose-figures|tidy-content|compare-figures|figure|binding|binding-schema|derive|printing|wording|parse-figure|stale-save|reasons|claims-policy|changes|queue-asked|batch-schema|callable|digest|events|facts|mail-page|name-list|place|quiet-hours|back-off|course|milestones|due|plan-reminders|readiness|timeliness|plan|route|usual-route|places|tally|file-row)\\.ts$";

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, dependencyTypesNot: ["type-only"] } },
    {
      name: "ui-knows-nothing-of-ours",
      severity: "error",
      from: { path: "^ui/" },
      to: { path: "^(app|db|domain|render|jobs|cli|messages|e2e|bench)/" },
    },
    {
      name: "domain-stands-on-db-and-the-document",
      comment: "compile and the document type are pure; sealing needs them (docs/decisions/007).",
      severity: "error",
      from: { path: "^domain/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^(app|ui|messages|jobs|cli|render)/",
        pathNot: "^render/(compile|report-document|annex-names|edition-record|edition-mark|comparison)\\.ts$",
      },
    },
    {
      name: "the-rules-are-pure",
      severity: "error",
      from: { path: pure },
      to: {
        path: "(^db/|^node_modules/(drizzle-orm|postgres|next|react)/|^domain/.*/(queries|mutations|load)\\.ts$)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "render-needs-no-database",
      severity: "error",
      from: { path: "^render/", pathNot: "\\.test\\.ts$" },
      to: {
        path: "^(app|db|jobs|cli|ui|messages)/|^domain/.*/(queries|mutations|load)\\.ts$|^node_modules/(drizzle-orm|postgres)/",
      },
    },
    {
      name: "schema-takes-only-words-from-domain",
      severity: "error",
      from: { path: "^db/schema/" },
      to: { path: "^domain/", pathNot: "^domain/(.*/(workflow|content|figure)|kernel/roles)\\.ts$" },
    },
    {
      name: "jobs-and-cli-do-not-draw",
      severity: "error",
      from: { path: "^(jobs|cli)/" },
      to: { path: "^(app|ui)/" },
    },
    {
      name: "next-auth-in-one-place",
      severity: "error",
      from: { pathNot: "^app/_server/auth\\.ts$" },
      to: { path: "^node_modules/next-auth/" },
    },
    {
      name: "components-get-props",
      comment: "Queries belong to pages: what a page does not hand down, a component does not know.",
      severity: "error",
      from: { path: "^app/.*\\.tsx$", pathNot: "/(page|layout)\\.tsx$" },
      to: {
        path: "^domain/.*/(queries|mutations|load|review-page)\\.ts$|^db/(client|schema)",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "no-tests-in-the-product",
      severity: "error",
      from: { pathNot: "(\\.test\\.tsx?$|\\.db\\.test\\.ts$|^db/testing/|^e2e/|^bench/)" },
      to: { path: "(\\.test\\.tsx?$|^db/testing/|^e2e/|^bench/)" },
    },
    { name: "no-unresolved", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "\\.css$" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.next|\\.data)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json", ".d.ts"],
      conditionNames: ["import", "require", "node", "default", "types"],
      exportsFields: ["exports"],
      mainFields: ["module", "main", "types"],
    },
  },
};
