/**
 * The variables of reply templates: which of them a text names, and what it becomes with their values. Pure.
 *
 * The twin of the gateway's domain/variables.py; contracts/samples/templates holds both to the same rules. A variable
 * without a value stays in the text, and a value brings no braces with it, so that it is never read as a variable.
 */

export const VARIABLES = [
  "customer.name",
  "customer.company",
  "visitor.name",
  "agent.name",
  "topic.name",
  "ticket.number",
] as const;
export type Variable = (typeof VARIABLES)[number];
export type Values = Readonly<Partial<Record<Variable, string>>>;

export interface Piece {
  kind: "text" | "value" | "missing" | "unknown";
  text: string;
}

const NAMED = /\{\{[ \t]*([^{}\n]*?)[ \t]*\}\}/gu;

const isVariable = (name: string): name is Variable => (VARIABLES as readonly string[]).includes(name);
const once = <T>(names: readonly T[]): T[] => [...new Set(names)];

function valueOf(name: Variable, values: Values): string {
  return (values[name] ?? "").trim().replaceAll("{", "(").replaceAll("}", ")");
}

/** The text in pieces: what is plain, what was filled in, what has no value, and what is no variable. */
export function pieces(text: string, values: Values): Piece[] {
  const found: Piece[] = [];
  let done = 0;
  const plain = (to: number): void => {
    if (to > done) found.push({ kind: "text", text: text.slice(done, to) });
  };
  for (const match of text.matchAll(NAMED)) {
    const name = match[1] ?? "";
    if (!name) continue;
    plain(match.index);
    done = match.index + match[0].length;
    const value = isVariable(name) ? valueOf(name, values) : "";
    if (!isVariable(name)) found.push({ kind: "unknown", text: match[0] });
    else if (value) found.push({ kind: "value", text: value });
    else found.push({ kind: "missing", text: `{{${name}}}` });
  }
  plain(text.length);
  return found;
}

/** The text with these values in it. */
export const filled = (text: string, values: Values): string => pieces(text, values).map((piece) => piece.text).join("");

export interface Spot {
  name: Variable;
  from: number;
  to: number;
}

/** Where variables stand in the text, in its order. */
export function spots(text: string): Spot[] {
  return [...text.matchAll(NAMED)].flatMap((match) => {
    const name = match[1] ?? "";
    return isVariable(name) ? [{ name, from: match.index, to: match.index + match[0].length }] : [];
  });
}

/** The variables that stand in the text, in their order and once each. */
export const unfilled = (text: string): Variable[] => once(spots(text).map((spot) => spot.name));

/** What the text names as variables and is none, in its order and once each. */
export function unknown(text: string): string[] {
  return once([...text.matchAll(NAMED)].map((match) => match[1] ?? "").filter((name) => name && !isVariable(name)));
}
