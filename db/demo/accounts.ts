import type { Role } from "../../domain/kernel/roles";
import { DEMO_OFFICES, type OfficeCode } from "./offices";

export const DEMO_PASSWORD = "Huibao-2024";

/** Demonstration accounts are offices, not people. Logins are the offices' pinyin initials. */
export type DemoPerson = { office: OfficeCode; login: string; name: string; posts: readonly Role[] };

export function demoPeople(): DemoPerson[] {
  return DEMO_OFFICES.flatMap(({ code, short, kind }): DemoPerson[] => {
    if (kind !== "department" && kind !== "lead") return OTHERS.filter((person) => person.office === code);
    const department: DemoPerson[] = [
      { office: code, login: `${code}-jb`, name: `${short}经办人`, posts: ["drafter"] },
      { office: code, login: `${code}-fzr`, name: `${short}负责人`, posts: ["signer"] },
    ];
    const compiling: DemoPerson = { office: code, login: `${code}-zhg`, name: `${short}综合股`, posts: ["lead"] };
    return [
      ...(kind === "lead" ? [compiling] : []),
      ...department,
      ...OTHERS.filter((person) => person.office === code),
    ];
  });
}

/** For the table that `npm start` prints and the sign-in page lists. */
export function demoAccounts(): { office: string; role: string; login: string; password: string }[] {
  const offices = new Map<string, string>(DEMO_OFFICES.map((office) => [office.code, office.short]));
  return demoPeople().map((person) => ({
    office: offices.get(person.office) ?? person.office,
    role: person.posts.map((post) => POST_NAMES[post]).join("、"),
    login: person.login,
    password: DEMO_PASSWORD,
  }));
}

const OTHERS: readonly DemoPerson[] = [
  // Has written nothing, and can therefore sign for the head of the office when asked to (代办).
  { office: "nyncj", login: "nyncj-zh", name: "农业农村局经办人（二）", posts: ["drafter"] },
  { office: "qzfb", login: "qzf-sd", name: "区政府办审定人", posts: ["approver"] },
  { office: "rdb", login: "rd-bgs", name: "人大常委会办公室经办人", posts: ["clerk"] },
  { office: "rdb", login: "rd-wy1", name: "人大常委会组成人员（一）", posts: ["member"] },
  { office: "rdb", login: "rd-wy2", name: "人大常委会组成人员（二）", posts: ["member"] },
  { office: "rdcjw", login: "rd-cjw", name: "人大财经工委负责人", posts: ["clerk", "member"] },
  { office: "xxzx", login: "xtgly", name: "信息中心系统管理员", posts: ["sysadmin"] },
  { office: "xxzx", login: "aqgly", name: "信息中心安全管理员", posts: ["secadmin"] },
  { office: "xxzx", login: "sjgly", name: "信息中心审计管理员", posts: ["auditor"] },
];

const POST_NAMES: Record<Role, string> = {
  drafter: "经办人",
  signer: "部门负责人",
  lead: "综合股（牵头审核）",
  approver: "政府审定",
  clerk: "人大常委会工作机构",
  member: "常委会组成人员",
  sysadmin: "系统管理员",
  secadmin: "安全管理员",
  auditor: "审计管理员",
};
