import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Child<Task, Answer> {
  pid: number;
  ask(task: Task): Promise<Answer>;
  end(): void;
}

/** A process of its own for what would otherwise share this one's thread: one task at a time, one answer each. */
export function startChild<Task extends object, Answer>(file: string): Child<Task, Answer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ["--import", import.meta.resolve("tsx")],
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", 2, 2, "ipc"],
  });
  return {
    pid: child.pid ?? 0,
    ask: (task) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error(`${file} ended before it answered`));
        child.once("exit", gone);
        child.once("message", (answer: { value: Answer } | { error: string }) => {
          child.off("exit", gone);
          if ("error" in answer) reject(new Error(`${file}: ${answer.error}`));
          else resolve(answer.value);
        });
        child.send(task);
      }),
    end: () => child.kill(),
  };
}

/** The child's side: does each task and answers with what it gives, or with what went wrong. */
export function answerTasks<Task, Answer>(work: (task: Task) => Promise<Answer>): void {
  process.on("message", (task: Task) => {
    work(task).then(
      (value) => process.send?.({ value }),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.on("disconnect", () => process.exit());
}
