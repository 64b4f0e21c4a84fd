/** Progress goes to standard error: standard output is the result's alone. */
export function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
