/** Finds web addresses in plain text, for both faces: the text goes out as text nodes, the addresses as links. */

export interface Piece {
  text: string;
  /** An http or https address; nothing else ever becomes a link. */
  href?: string;
}

const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`„”“»«]+/giu;
const TRAILING = /[.,;:!?…]+$/u;

export function linkPieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimmed(match[0]);
    const href = webAddress(address);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** Punctuation that ends the sentence is not the address's; a closing bracket is, if it was opened inside. */
function trimmed(address: string): string {
  let rest = address.replace(TRAILING, "");
  while (/[)\]}]$/.test(rest) && !balanced(rest)) rest = rest.slice(0, -1).replace(TRAILING, "");
  return rest;
}

function balanced(text: string): boolean {
  const count = (bracket: string): number => text.split(bracket).length - 1;
  return count("(") >= count(")") && count("[") >= count("]") && count("{") >= count("}");
}

function webAddress(address: string): string | undefined {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : undefined;
  } catch {
    return undefined;
  }
}
