import { useContext } from "react";
import { useOnDemand } from "../../../../../../../ui/use-on-demand";
import { RemarksContext } from "../editor/remarks/remarks-context";
import { RemarkList } from "./remark-list";
import type { RemarkProps } from "./threads";
import { useReaderSide } from "./use-reader-side";

/** The remarks beside a text: one that is being written, if the page has an editor, or one that is read. */
export function RemarksPanel(props: RemarkProps) {
  const host = useContext(RemarksContext);
  const part = useOnDemand(host !== null, () => import("../editor/remarks/in-editor"));
  // What did not come over the network keeps nobody from reading.
  if (!host || part === "failed") return <Read {...props} />;
  if (!part) return <p className="px-4.5 py-3.5 text-ink-soft">{props.words.opening}</p>;
  return <part.default {...props} host={host} />;
}

function Read(props: RemarkProps) {
  const side = useReaderSide(props.lines);
  return <RemarkList {...props} side={side} />;
}
