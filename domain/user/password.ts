import { hash, verify } from "@node-rs/argon2";
import { DomainError } from "../kernel/errors";

/** argon2id, 19 MiB, 2 passes, 1 lane: the OWASP minimum, about 20 ms here. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password.normalize("NFKC"), COST);

export const verifyPassword = (passwordHash: string, password: string): Promise<boolean> =>
  verify(passwordHash, password.normalize("NFKC"));

/** What to verify against when there is no such account, so that both answers take the same time. */
export const NOBODYS_HASH: Promise<string> = hashPassword(crypto.randomUUID());

/** At least 8 characters of 3 classes (等保2.0 asks for complexity and names no numbers). */
export function assertStrong(password: string): void {
  const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((one) => one.test(password)).length;
  if (password.length < 8 || password.length > 200 || classes < 3) throw new DomainError("password-weak");
}
