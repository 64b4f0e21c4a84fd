import type { Role } from "../kernel/roles";
import type { StepAction, StepMode, StepOffice } from "./workflow";

/** A step as a template or a new report has it. `quorum` only of that mode. */
export type StepPlan = {
  name: string;
  action: StepAction;
  role: Role;
  office: StepOffice;
  mode: StepMode;
  quorum: number | null;
  skippable: boolean;
};

const anyOf = (name: string, action: StepAction, role: Role, office: StepOffice): StepPlan => ({
  name,
  action,
  role,
  office,
  mode: "any",
  quorum: null,
  skippable: false,
});

/** 部门签发 → 核对 (figures that another office confirms) → 牵头审核 → 政府审定: what a report takes unless told otherwise. */
export const USUAL_ROUTE: { name: string; steps: readonly StepPlan[] } = {
  name: "部门签发—牵头审核—政府审定",
  steps: [
    anyOf("部门签发", "sign", "signer", "owner"),
    anyOf("核对", "confirm", "signer", "confirmer"),
    anyOf("牵头审核", "review", "lead", "any"),
    anyOf("政府审定", "approve", "approver", "any"),
  ],
};
