/**
 * Writes src/contract.ts from contracts/schemas/wire.json; with --check, fails where it is not current.
 *
 * The schema is made from the contracts' models, so a change of a frame reaches both faces as a type error and not
 * as a surprise. Only the keywords that those schemas use are known here; another one ends the run.
 */
import { readFileSync, writeFileSync } from "node:fs";

const schemaFile = new URL("../../../../contracts/schemas/wire.json", import.meta.url);
const outputFile = new URL("../src/contract.ts", import.meta.url);

const schema = JSON.parse(readFileSync(schemaFile, "utf8"));
const text = write(schema.$defs);

if (process.argv.includes("--check")) {
  let current = "";
  try {
    current = readFileSync(outputFile, "utf8");
  } catch {
    // missing is not current either
  }
  if (current !== text) {
    console.error("services/gateway/wire/src/contract.ts is not current; run npm run types");
    process.exit(1);
  }
} else {
  writeFileSync(outputFile, text);
}

function write(definitions) {
  const parts = [
    "// Generated from contracts/schemas/wire.json by npm run types; change the contracts, not this file.",
    "",
    "/** The longest message, in code points. */",
    `export const MAX_MESSAGE_CHARS = ${definitions.Post.properties.text.maxLength};`,
  ];
  for (const [name, definition] of Object.entries(definitions)) {
    parts.push("", ...comment(definition.description, ""));
    if (definition.type === "object") parts.push(`export interface ${name} ${members(definition)}`);
    else parts.push(`export type ${name} = ${type(definition)};`);
  }
  return `${parts.join("\n")}\n`;
}

function members(definition) {
  const required = new Set(definition.required ?? []);
  const lines = Object.entries(definition.properties ?? {}).flatMap(([name, property]) => [
    ...comment(property.description, "  "),
    `  ${name}${required.has(name) ? "" : "?"}: ${type(property)};`,
  ]);
  return `{\n${lines.join("\n")}\n}`;
}

function type(node) {
  if (node.$ref) return node.$ref.replace("#/$defs/", "");
  if ("const" in node) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = node.anyOf ?? node.oneOf;
  if (choices) return choices.map(type).join(" | ");
  switch (node.type) {
    case "string":
    case "boolean":
    case "null":
      return node.type;
    case "integer":
    case "number":
      return "number";
    case "array": {
      const item = type(node.items);
      return item.includes("|") ? `(${item})[]` : `${item}[]`;
    }
    case "object":
      return `Record<string, ${type(node.additionalProperties)}>`;
    default:
      throw new Error(`this schema is not understood: ${JSON.stringify(node)}`);
  }
}

function comment(description, indent) {
  if (!description) return [];
  const lines = description.split("\n").map((line) => line.trim());
  if (lines.length === 1) return [`${indent}/** ${lines[0]} */`];
  return [`${indent}/**`, ...lines.map((line) => `${indent} *${line && ` ${line}`}`), `${indent} */`];
}
