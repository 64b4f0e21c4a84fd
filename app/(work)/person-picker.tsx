"use client";

import { useId, useState } from "react";
import type { DecidingPost } from "../../domain/route/queries";
import { TextField } from "../../ui/field";

export type PickerWords = Record<"person" | "personHint" | "personWrong" | "loading" | "away", string>;
type Loaded = readonly DecidingPost[] | "loading" | "away" | null;

/** The list of those who can decide, fetched when it is first wanted: it may hold some hundreds of offices. */
export function usePosts(): { posts: Loaded; want: () => void } {
  const [posts, setPosts] = useState<Loaded>(null);
  const want = () => {
    if (posts !== null && posts !== "away") return;
    setPosts("loading");
    void fetchPosts().then(setPosts);
  };
  return { posts, want };
}

async function fetchPosts(): Promise<readonly DecidingPost[] | "away"> {
  try {
    const answer = await fetch("/api/posts");
    return answer.ok ? ((await answer.json()) as DecidingPost[]) : "away";
  } catch {
    return "away";
  }
}

type Props = {
  posts: Loaded;
  /** Whom the list offers; everybody without it. */
  offers?: (post: DecidingPost) => boolean;
  value: string;
  onValue: (typed: string) => void;
  onWant: () => void;
  error?: string | undefined;
  words: PickerWords;
};

/** A field that is searched by name, office or pinyin initials; what is typed counts once it is a label of the list. */
export function PersonPicker({ posts, offers, value, onValue, onWant, error, words }: Props) {
  const id = useId();
  const list = isList(posts) ? posts.filter((post) => offers?.(post) ?? true) : [];
  return (
    <>
      <TextField
        name="person"
        id={`${id}-person`}
        label={words.person}
        hint={posts === "loading" ? words.loading : posts === "away" ? words.away : words.personHint}
        error={error}
        list={`${id}-posts`}
        autoComplete="off"
        maxLength={200}
        value={value}
        onFocus={onWant}
        onChange={(event) => onValue(event.target.value)}
      />
      <datalist id={`${id}-posts`}>
        {list.map((post) => (
          <option key={post.id} value={post.label}>
            {post.initials}
          </option>
        ))}
      </datalist>
    </>
  );
}

/** The post that the words name, by its label or by initials that no other has. */
export function namedBy(typed: string, posts: Loaded): DecidingPost | undefined {
  const words = typed.trim();
  if (words === "" || !isList(posts)) return undefined;
  const byInitials = posts.filter(({ initials }) => initials === words.toLowerCase());
  return posts.find(({ label }) => label === words) ?? (byInitials.length === 1 ? byInitials[0] : undefined);
}

const isList = (posts: Loaded): posts is readonly DecidingPost[] => Array.isArray(posts);
