// How the panel is built: one page for every widget, into the gateway's static directory.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "/widget/",
  root: here("."),
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../static/widget",
    emptyOutDir: true,
    target: "es2022",
    // The gateway's content security policy admits no data: scripts or styles.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: { input: here("panel.html") },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.{ts,tsx}"],
    // A busy machine is no fault of the code.
    testTimeout: 20_000,
  },
});
