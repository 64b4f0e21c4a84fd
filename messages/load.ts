import zhAccount from "./zh-CN/account.json";
import zhAdmin from "./zh-CN/admin.json";
import zhApp from "./zh-CN/app.json";
import zhDesk from "./zh-CN/desk.json";
import zhEdition from "./zh-CN/edition.json";
import zhError from "./zh-CN/error.json";
import zhForm from "./zh-CN/form.json";
import zhNotice from "./zh-CN/notice.json";
import zhRefusal from "./zh-CN/refusal.json";
import zhReport from "./zh-CN/report.json";
import zhReview from "./zh-CN/review.json";
import zhRole from "./zh-CN/role.json";
import zhSection from "./zh-CN/section.json";
import zhSignIn from "./zh-CN/sign-in.json";
import enAccount from "./en/account.json";
import enAdmin from "./en/admin.json";
import enApp from "./en/app.json";
import enDesk from "./en/desk.json";
import enEdition from "./en/edition.json";
import enError from "./en/error.json";
import enForm from "./en/form.json";
import enNotice from "./en/notice.json";
import enRefusal from "./en/refusal.json";
import enReport from "./en/report.json";
import enReview from "./en/review.json";
import enRole from "./en/role.json";
import enSection from "./en/section.json";
import enSignIn from "./en/sign-in.json";

export const LOCALES = ["zh-CN", "en"] as const;
export type Locale = (typeof LOCALES)[number];

const zh = {
  account: zhAccount,
  admin: zhAdmin,
  app: zhApp,
  desk: zhDesk,
  edition: zhEdition,
  error: zhError,
  form: zhForm,
  notice: zhNotice,
  refusal: zhRefusal,
  report: zhReport,
  review: zhReview,
  role: zhRole,
  section: zhSection,
  signIn: zhSignIn,
};

/** zh-CN is the source: English must say the same things, key by key. */
export type Messages = typeof zh;

const en: Messages = {
  account: enAccount,
  admin: enAdmin,
  app: enApp,
  desk: enDesk,
  edition: enEdition,
  error: enError,
  form: enForm,
  notice: enNotice,
  refusal: enRefusal,
  report: enReport,
  review: enReview,
  role: enRole,
  section: enSection,
  signIn: enSignIn,
};

export const loadMessages = (locale: Locale): Messages => (locale === "en" ? en : zh);
