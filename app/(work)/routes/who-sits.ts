import type { NamedPerson } from "../../../domain/route/queries";
import type { StepAction, StepMode } from "../../../domain/route/workflow";
import type { Messages } from "../../../messages/load";
import { fill } from "../../fill";

type Seats = { action: StepAction; role: string; people: readonly NamedPerson[] };
type Words = Messages["route"];

/** Who decides at a step, in words: those named, else everybody of the post. */
export function whoSits({ action, role, people }: Seats, words: Words): string {
  if (people.length > 0) return people.map(({ label }) => label ?? words.form.unknown).join("、");
  return action === "review" && role === "signer" ? words.who.signer : words.who[action];
}

export const howMany = ({ mode, quorum }: { mode: StepMode; quorum: number | null }, words: Words): string =>
  fill(words.mode[mode], { count: quorum ?? 1 });
