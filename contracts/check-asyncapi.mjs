// Validates contracts/asyncapi.yaml as an AsyncAPI 3.0 document; prints every finding and fails on errors.
import { readFile } from "node:fs/promises";
import { DiagnosticSeverity, Parser } from "@asyncapi/parser";

const file = new URL("./asyncapi.yaml", import.meta.url);
const { document, diagnostics } = await new Parser().parse(await readFile(file, "utf8"), { source: file.pathname });
const failures = diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error);
for (const { severity, path, message } of diagnostics) {
  if (severity <= DiagnosticSeverity.Warning) console.log(`asyncapi.yaml: ${path.join(".")}: ${message}`);
}
if (failures.length > 0 || document === undefined) process.exit(1);
console.log(
  `asyncapi.yaml is valid: ${document.allChannels().all().length} channels,` +
    ` ${document.allOperations().all().length} operations, ${document.allMessages().all().length} messages`,
);
