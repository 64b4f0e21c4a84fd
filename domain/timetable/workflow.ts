/** The report's milestones in the order of the calendar; those after the sitting count forward from it. */
export const MILESTONES = [
  "issue", // 任务布置
  "submit", // 部门报送
  "review", // 牵头审核
  "consultation", // 征求意见
  "approval", // 政府审定
  "committee", // 送专门委员会或工作机构初审
  "office", // 修改稿送常委会办事机构
  "members", // 印发常委会组成人员
  "sitting", // 常委会会议
  "opinions", // 审议意见交办
  "reply", // 研究处理情况报告
] as const;
export type Milestone = (typeof MILESTONES)[number];

export const OFFSET_UNITS = ["days", "working-days", "months"] as const;
export type OffsetUnit = (typeof OFFSET_UNITS)[number];

/** 催办 by a person; before the day, after it, and to the department's head when it stays owed. */
export const REMINDER_KINDS = ["urge", "soon", "late", "escalate"] as const;
export type ReminderKind = (typeof REMINDER_KINDS)[number];
