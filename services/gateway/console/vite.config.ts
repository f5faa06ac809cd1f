// How the console is built: a single-page application under /console/, into the gateway's static directory.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const behind = process.env.DYMEK_GATEWAY ?? "http://127.0.0.1:8080";

export default defineConfig({
  base: "/console/",
  root: fileURLToPath(new URL(".", import.meta.url)),
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../static/console",
    emptyOutDir: true,
    target: "es2022",
    // The gateway's content security policy admits no data: scripts or styles; fonts and images stay files too.
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    proxy: { "/api": behind, "/ws": { target: behind, ws: true } },
  },
  test: {
    environment: "happy-dom",
    include: ["test/**/*.test.{ts,tsx}"],
  },
});
