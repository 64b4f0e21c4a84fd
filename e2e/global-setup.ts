import { findBrowser } from "./find-browser";
import { startStack } from "./stack";

/** One browser and one system for all stories. What the stories need to know of it goes through the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  const [{ executablePath }, stack] = await Promise.all([findBrowser(), startStack()]);
  process.env["HUIBAO_BROWSER"] = executablePath;
  process.env["STORIES_ADDRESS"] = stack.address;
  process.env["STORIES_OWNER_URL"] = stack.ownerUrl;
  process.env["STORIES_APP_URL"] = stack.appUrl;
  process.env["STORIES_WORKER_URL"] = stack.workerUrl;
  process.env["STORIES_SMTP_PORT"] = String(stack.smtpPort);
  return () => stack.stop();
}
