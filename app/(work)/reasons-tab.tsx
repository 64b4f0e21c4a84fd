"use client";

import { useContext, useState } from "react";
import type { ReasonPlace } from "../../domain/review/reasons";
import { useOnDemand } from "../../ui/use-on-demand";
import { ReasonChecklist, type ReasonSide } from "./reason-checklist";
import type { ReasonShown, ReasonWords } from "./reason-shown";
import { RemarksContext } from "./reports/[report]/sections/[section]/editor/remarks/remarks-context";

export type ReasonsProps = {
  reasons: ReasonShown[];
  mayAnswer: boolean;
  /** Where each stands in the text that the server has drawn; the editor finds them in its own. */
  places: Record<string, ReasonPlace["standing"]>;
  words: ReasonWords;
};

/** The checklist beside a leaf's text: one that is read, or, when the page has an editor, one that is being written. */
export function ReasonsTab({ reasons, mayAnswer, places, words }: ReasonsProps) {
  const host = useContext(RemarksContext);
  const [live, setLive] = useState<ReasonSide | null>(null);
  const part = useOnDemand(
    host !== null,
    () => import("./reports/[report]/sections/[section]/editor/reasons/in-editor"),
  );
  const side: ReasonSide = live ?? { standingOf: ({ id }) => places[id] ?? null, show: null };
  return (
    <>
      <ReasonChecklist reasons={reasons} mayAnswer={mayAnswer} side={side} words={words} />
      {host && part && part !== "failed" && (
        <part.ReasonsInEditor editor={host.editor} reasons={reasons} words={words} onSide={setLive} />
      )}
    </>
  );
}
