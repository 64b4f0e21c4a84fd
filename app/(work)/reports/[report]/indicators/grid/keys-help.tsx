import { useCallback, useState } from "react";
import { Button } from "../../../../../../ui/button";
import { KeysDialog, type KeyLine } from "../../../../../../ui/keys-dialog";
import { useHelpKey } from "../../../../../../ui/use-help-key";
import type { GridWords } from "../words";

/** The keys of the table: a button, and `?` wherever no cell and no field takes it as text. */
export function Keys({ words, mayFill }: { words: GridWords; mayFill: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  useHelpKey(open);
  const { keysOf } = words.sheet;
  const lines: KeyLine[] = [
    [keysOf.arrows, keysOf.arrowsDo],
    ...(mayFill
      ? [
          [keysOf.enter, keysOf.enterDo] as const,
          [keysOf.type, keysOf.typeDo] as const,
          [keysOf.escape, keysOf.escapeDo] as const,
          [keysOf.delete, keysOf.deleteDo] as const,
          [keysOf.undo, keysOf.undoDo] as const,
          [keysOf.states, keysOf.statesDo] as const,
          [keysOf.derive, keysOf.deriveDo] as const,
          [keysOf.save, keysOf.saveDo] as const,
        ]
      : [[keysOf.next, keysOf.nextDo] as const]),
    [keysOf.paste, keysOf.pasteDo],
    [keysOf.space, keysOf.spaceDo],
  ];
  return (
    <>
      <Button type="button" kind="quiet" className="ml-auto" onClick={open}>
        {words.sheet.keys}
      </Button>
      {isOpen && (
        <KeysDialog title={words.sheet.keys} close={words.close} groups={[{ lines }]} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
