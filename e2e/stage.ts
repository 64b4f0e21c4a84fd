import { aReport, type Department, type District, type LeafInState, takeLeaf } from "../db/testing/factories";
import type { SectionStatus } from "../domain/section/workflow";

export type Stage = { slug: string; leaf: LeafInState; path: string; reviewPath: string; draftPath: string };

/** A section of a report of its own, taken to a state, and where its pages are. */
export async function aSectionPage(
  district: District,
  status: SectionStatus = "drafting",
  plan: { text?: string; department?: Department } = {},
): Promise<Stage> {
  const { slug, leaves } = await aReport(district, { leaves: [{ department: plan.department ?? "agriculture" }] });
  const [first] = leaves;
  if (!first) throw new Error("the report has no leaf");
  const leaf = await takeLeaf(district, first, status, plan.text);
  return {
    slug,
    leaf,
    path: `/reports/${slug}/sections/${leaf.id}`,
    reviewPath: `/reports/${slug}/review?section=${leaf.id}`,
    draftPath: `/api/sections/${leaf.id}/draft`,
  };
}
