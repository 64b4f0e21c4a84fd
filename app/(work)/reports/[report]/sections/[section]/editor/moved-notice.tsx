import { useRouter } from "next/navigation";
import { Button } from "../../../../../../../ui/button";
import { Notice } from "../../../../../../../ui/notice";
import type { Moved } from "./live-section";
import { movedWords, type LiveWords } from "./live-words";

type Props = { moved: Moved; isUnsaved: boolean; words: LiveWords };

/** A colleague has sent the leaf on, or it has come back, while this page was open: what is unsaved stays here. */
export function MovedNotice({ moved, isUnsaved, words }: Props) {
  const router = useRouter();
  return (
    <Notice
      tone="warning"
      title={movedWords(moved, words)}
      action={
        <Button type="button" onClick={() => router.refresh()}>
          {words.refresh}
        </Button>
      }
    >
      {isUnsaved && <p>{words.keptHere}</p>}
    </Notice>
  );
}
