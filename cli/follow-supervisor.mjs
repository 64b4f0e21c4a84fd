// Preloaded into the web and the worker: standard input is a pipe from the supervisor that never carries anything,
// so its end means that the supervisor was killed, and nobody else would stop this process.
import { isMainThread } from "node:worker_threads";

if (isMainThread) {
  process.stdin.on("end", () => {
    process.kill(process.pid, "SIGTERM");
    setTimeout(() => process.exit(1), 10_000).unref();
  });
  process.stdin.resume();
  process.stdin.unref();
}
