// How the loader is built: one classic script under a name that never changes, because pages embed it.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  publicDir: false,
  build: {
    outDir: "../static/widget",
    emptyOutDir: false,
    target: "es2020",
    lib: { entry: here("src/loader/loader.ts"), formats: ["iife"], name: "dymekLoader", fileName: () => "loader.js" },
  },
});
