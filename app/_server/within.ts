/** Waits so long, then fails as a database that is away does. */
export async function within(ms: number, ready: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error("not listening"), { code: "CONNECT_TIMEOUT" })), ms);
  });
  await Promise.race([ready, late]).finally(() => clearTimeout(timer));
}
