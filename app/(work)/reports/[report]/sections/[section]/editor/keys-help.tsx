import { KeysDialog, type KeyGroup } from "../../../../../../../ui/keys-dialog";
import type { SectionKind } from "../../../../../../../domain/section/workflow";
import { holdsOneBlock } from "../../../../../../../domain/section/content-fits";
import type { EditorWords } from "./words";

/** All keys of the section page. What a leaf of one line or of one table does not know is left out. */
export function KeysHelp({ kind, words, onClose }: { kind: SectionKind; words: EditorWords; onClose: () => void }) {
  return (
    <KeysDialog
      title={words.hand.keys.title}
      close={words.close}
      groups={groupsOf(kind, words.hand.keys)}
      onClose={onClose}
    />
  );
}

function groupsOf(kind: SectionKind, keys: EditorWords["hand"]["keys"]): KeyGroup[] {
  const isTable = kind === "annex";
  const isProse = !isTable && !holdsOneBlock(kind);
  const both = (one: string, other: string) => `${one}${keys.or}${other}`;
  return [
    {
      title: keys.writing,
      lines: [
        ...(isTable ? [] : [["Ctrl+B", keys.lead] as const]),
        ...(isProse
          ? [
              [both("——", "Ctrl+Shift+8"), keys.bullet] as const,
              [both("（1）", "Ctrl+Shift+7"), keys.numbered] as const,
              ["Enter", keys.enter] as const,
              [both("Alt+↑", "Alt+↓"), keys.move] as const,
              ["Tab", keys.tab] as const,
            ]
          : []),
        ...(isTable
          ? []
          : [["#", keys.figure] as const, ["Ctrl+Enter", keys.bind] as const, ["Enter", keys.card] as const]),
        [both("Ctrl+Z", "Ctrl+Y"), keys.undo],
        ["Ctrl+S", keys.save],
      ],
    },
    {
      title: keys.view,
      lines: [
        ["Ctrl+F", keys.find],
        ["Ctrl+H", keys.replace],
        [both("F3", "Shift+F3"), keys.findNext],
        ["Ctrl+Alt+M", keys.remark],
        [keys.arrows, keys.tabs],
        ...(isTable ? [] : [[keys.upDown, keys.lastKeys] as const]),
        ["Esc", keys.escape],
        [keys.helpKeys, keys.outside],
      ],
    },
  ];
}
