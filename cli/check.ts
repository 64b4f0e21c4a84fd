/** `npm run check`: what to run before every commit; needs no database and takes well under a minute. */
import { runChecks } from "./checks";
import { endStepsOnInterrupt } from "./run-step";
import { addUp, exitCodeOf } from "./tally";

endStepsOnInterrupt();
const startedAt = performance.now();
const total = addUp(await runChecks());
console.log(
  `\n${total.failed === 0 ? "All good" : "Not good"} after ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`,
);
process.exit(exitCodeOf(total));
