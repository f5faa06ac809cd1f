/** How a site signs: the examples of docs/identity.md, which are run by the tests. */
import page from "../../../../../docs/identity.md?raw";

export interface Example {
  name: string;
  code: string;
}

/** Each heading of the third level with the code below it. */
export function examplesOf(text: string): Example[] {
  return [...text.matchAll(/^### (.+)\n+```\w+\n([\s\S]*?)^```$/gmu)].map(([, name = "", code = ""]) => ({ name, code: code.trimEnd() }));
}

export const EXAMPLES: readonly Example[] = examplesOf(page);
