import zhAccount from "./zh-CN/account.json";
import zhAdmin from "./zh-CN/admin.json";
import zhApp from "./zh-CN/app.json";
import zhCheck from "./zh-CN/check.json";
import zhBinding from "./zh-CN/binding.json";
import zhDesk from "./zh-CN/desk.json";
import zhEdition from "./zh-CN/edition.json";
import zhError from "./zh-CN/error.json";
import zhFigure from "./zh-CN/figure.json";
import zhForm from "./zh-CN/form.json";
import zhImport from "./zh-CN/import.json";
import zhIndicator from "./zh-CN/indicator.json";
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
import enCheck from "./en/check.json";
import enBinding from "./en/binding.json";
import enDesk from "./en/desk.json";
import enEdition from "./en/edition.json";
import enError from "./en/error.json";
import enFigure from "./en/figure.json";
import enForm from "./en/form.json";
import enImport from "./en/import.json";
import enIndicator from "./en/indicator.json";
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
  check: zhCheck,
  binding: zhBinding,
  desk: zhDesk,
  edition: zhEdition,
  error: zhError,
  figure: zhFigure,
  form: zhForm,
  import: zhImport,
  indicator: zhIndicator,
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
  check: enCheck,
  binding: enBinding,
  desk: enDesk,
  edition: enEdition,
  error: enError,
  figure: enFigure,
  form: enForm,
  import: enImport,
  indicator: enIndicator,
  notice: enNotice,
  refusal: enRefusal,
  report: enReport,
  review: enReview,
  role: enRole,
  section: enSection,
  signIn: enSignIn,
};

export const loadMessages = (locale: Locale): Messages => (locale === "en" ? en : zh);
