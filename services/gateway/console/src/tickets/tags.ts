/** Tags as they are typed. Pure. */

export const MOST_TAGS = 20;
const TAG = /^[^\s,#][^,#]{0,39}$/u;

const tidy = (text: string): string => text.trim().replace(/^#+\s*/u, "").replace(/\s+/gu, " ").toLowerCase();

/** The tags with those that were typed, parted by commas; `rest` is what is no tag, or one too many. */
export function addTags(tags: readonly string[], typed: string): { tags: string[]; rest: string } {
  const all = [...tags];
  const rest: string[] = [];
  for (const tag of typed.split(",").map(tidy).filter(Boolean)) {
    if (all.includes(tag)) continue;
    if (TAG.test(tag) && all.length < MOST_TAGS) all.push(tag);
    else rest.push(tag);
  }
  return { tags: all, rest: rest.join(", ") };
}

export const withoutTag = (tags: readonly string[], tag: string): string[] => tags.filter((one) => one !== tag);
