import zhAccount from "./zh-CN/account.json";
import zhAdmin from "./zh-CN/admin.json";
import zhApp from "./zh-CN/app.json";
import zhCheck from "./zh-CN/check.json";
import zhBinding from "./zh-CN/binding.json";
import zhBrief from "./zh-CN/brief.json";
import zhCompare from "./zh-CN/compare.json";
import zhConsultation from "./zh-CN/consultation.json";
import zhDesk from "./zh-CN/desk.json";
import zhEditor from "./zh-CN/editor.json";
import zhEdition from "./zh-CN/edition.json";
import zhError from "./zh-CN/error.json";
import zhEvidence from "./zh-CN/evidence.json";
import zhExport from "./zh-CN/export.json";
import zhFigure from "./zh-CN/figure.json";
import zhForm from "./zh-CN/form.json";
import zhHistory from "./zh-CN/history.json";
import zhImport from "./zh-CN/import.json";
import zhIndicator from "./zh-CN/indicator.json";
import zhLive from "./zh-CN/live.json";
import zhNotice from "./zh-CN/notice.json";
import zhPaste from "./zh-CN/paste.json";
import zhRefusal from "./zh-CN/refusal.json";
import zhRemark from "./zh-CN/remark.json";
import zhReport from "./zh-CN/report.json";
import zhReturns from "./zh-CN/returns.json";
import zhReview from "./zh-CN/review.json";
import zhRole from "./zh-CN/role.json";
import zhRoute from "./zh-CN/route.json";
import zhSection from "./zh-CN/section.json";
import zhSignIn from "./zh-CN/sign-in.json";
import zhTimetable from "./zh-CN/timetable.json";
import zhVerify from "./zh-CN/verify.json";
import enAccount from "./en/account.json";
import enAdmin from "./en/admin.json";
import enApp from "./en/app.json";
import enCheck from "./en/check.json";
import enBinding from "./en/binding.json";
import enBrief from "./en/brief.json";
import enCompare from "./en/compare.json";
import enConsultation from "./en/consultation.json";
import enDesk from "./en/desk.json";
import enEditor from "./en/editor.json";
import enEdition from "./en/edition.json";
import enError from "./en/error.json";
import enEvidence from "./en/evidence.json";
import enExport from "./en/export.json";
import enFigure from "./en/figure.json";
import enForm from "./en/form.json";
import enHistory from "./en/history.json";
import enImport from "./en/import.json";
import enIndicator from "./en/indicator.json";
import enLive from "./en/live.json";
import enNotice from "./en/notice.json";
import enPaste from "./en/paste.json";
import enRefusal from "./en/refusal.json";
import enRemark from "./en/remark.json";
import enReport from "./en/report.json";
import enReturns from "./en/returns.json";
import enReview from "./en/review.json";
import enRole from "./en/role.json";
import enRoute from "./en/route.json";
import enSection from "./en/section.json";
import enSignIn from "./en/sign-in.json";
import enTimetable from "./en/timetable.json";
import enVerify from "./en/verify.json";

export const LOCALES = ["zh-CN", "en"] as const;
export type Locale = (typeof LOCALES)[number];

const zh = {
  account: zhAccount,
  admin: zhAdmin,
  app: zhApp,
  check: zhCheck,
  binding: zhBinding,
  brief: zhBrief,
  compare: zhCompare,
  consultation: zhConsultation,
  desk: zhDesk,
  edition: zhEdition,
  editor: zhEditor,
  error: zhError,
  evidence: zhEvidence,
  export: zhExport,
  figure: zhFigure,
  form: zhForm,
  history: zhHistory,
  import: zhImport,
  indicator: zhIndicator,
  live: zhLive,
  notice: zhNotice,
  paste: zhPaste,
  refusal: zhRefusal,
  remark: zhRemark,
  report: zhReport,
  returns: zhReturns,
  review: zhReview,
  role: zhRole,
  route: zhRoute,
  section: zhSection,
  signIn: zhSignIn,
  timetable: zhTimetable,
  verify: zhVerify,
};

/** zh-CN is the source: English must say the same things, key by key. */
export type Messages = typeof zh;

const en: Messages = {
  account: enAccount,
  admin: enAdmin,
  app: enApp,
  check: enCheck,
  binding: enBinding,
  brief: enBrief,
  compare: enCompare,
  consultation: enConsultation,
  desk: enDesk,
  edition: enEdition,
  editor: enEditor,
  error: enError,
  evidence: enEvidence,
  export: enExport,
  figure: enFigure,
  form: enForm,
  history: enHistory,
  import: enImport,
  indicator: enIndicator,
  live: enLive,
  notice: enNotice,
  paste: enPaste,
  refusal: enRefusal,
  remark: enRemark,
  report: enReport,
  returns: enReturns,
  review: enReview,
  role: enRole,
  route: enRoute,
  section: enSection,
  signIn: enSignIn,
  timetable: enTimetable,
  verify: enVerify,
};

export const loadMessages = (locale: Locale): Messages => (locale === "en" ? en : zh);
