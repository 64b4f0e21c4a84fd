import type { Editor } from "@tiptap/react";
import { useCallback, useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { useHelpKey } from "../../../../../../../ui/use-help-key";
import { useOnDemand } from "../../../../../../../ui/use-on-demand";
import type { FindHandle } from "./find/find-bar";
import { moveBlocks } from "./move-block";
import type { EditorWords } from "./words";

type Tools = {
  /** Opens the bar, with the field of replacing or without. */
  find: (replacing: boolean) => void;
  help: () => void;
  /** What is open of them. */
  open: ReactNode;
  /** A tool that was asked for did not come over the network; the next key or press asks for it again. */
  failed: boolean;
};

/** The tools that come when they are first asked for, and the keys that ask for them. None fires in a composition. */
export function useTools(editor: Editor, kind: SectionKind, words: EditorWords): Tools {
  const [finding, setFinding] = useState<"find" | "replace" | null>(null);
  const [helping, setHelping] = useState(false);
  const [failed, setFailed] = useState(false);
  const bar = useRef<FindHandle>(null);
  const Find = useOnDemand(
    finding !== null,
    () => import("./find/find-bar"),
    () => {
      setFinding(null);
      setFailed(true);
    },
  );
  const Help = useOnDemand(
    helping,
    () => import("./keys-help"),
    () => {
      setHelping(false);
      setFailed(true);
    },
  );
  const help = useCallback(() => {
    setFailed(false);
    setHelping(true);
  }, []);
  useHelpKey(help);

  function find(replacing: boolean) {
    setFailed(false);
    setFinding(replacing ? "replace" : "find");
    bar.current?.focus();
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    // 229: the key belongs to an input method.
    if (event.isComposing || event.keyCode === 229) return;
    const inText = event.target instanceof Node && editor.view.dom.contains(event.target);
    const inBar = event.target instanceof Element && event.target.closest("[role=search]") !== null;
    const does = actOf(event);
    if (!does || !(does === "close" ? inBar : does === "help" || inText || (inBar && does !== "up" && does !== "down")))
      return;
    // Before the editor's own keys; and the browser does nothing with it.
    event.preventDefault();
    if (does === "help") help();
    else if (does === "find" || does === "replace") find(does === "replace");
    else if (does === "up" || does === "down") {
      const change = moveBlocks(editor.state, does);
      if (change) editor.view.dispatch(change);
    } else if (does === "close") bar.current?.close();
    else if (finding === null) find(false);
    else bar.current?.step(does === "next" ? 1 : -1);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    window.addEventListener("keydown", listen, { capture: true });
    return () => window.removeEventListener("keydown", listen, { capture: true });
  }, []);

  return {
    find,
    help,
    failed,
    open: (
      <>
        {finding !== null && Find !== null && Find !== "failed" && (
          <Find.FindBar
            ref={bar}
            editor={editor}
            replacing={finding === "replace"}
            onReplacing={(replacing) => setFinding(replacing ? "replace" : "find")}
            onClose={() => setFinding(null)}
            words={words.hand.find}
          />
        )}
        {helping && Help !== null && Help !== "failed" && (
          <Help.KeysHelp kind={kind} words={words} onClose={() => setHelping(false)} />
        )}
      </>
    ),
  };
}

type Act = "find" | "replace" | "next" | "previous" | "close" | "up" | "down" | "help";

function actOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Act | null {
  const withCtrl = (ctrlKey || metaKey) && !altKey && !shiftKey;
  const alone = !ctrlKey && !metaKey && !altKey;
  const withAlt = altKey && !ctrlKey && !metaKey && !shiftKey;
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case "f":
      return withCtrl ? "find" : null;
    case "h":
      return withCtrl ? "replace" : null;
    case "/":
      return withCtrl ? "help" : null;
    case "F1":
      return alone ? "help" : null;
    case "F3":
      return alone ? (shiftKey ? "previous" : "next") : null;
    case "Escape":
      return "close";
    case "ArrowUp":
      return withAlt ? "up" : null;
    case "ArrowDown":
      return withAlt ? "down" : null;
    default:
      return null;
  }
}
