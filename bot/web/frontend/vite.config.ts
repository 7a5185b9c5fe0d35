import { defineConfig } from "vite";

// Preact rather than Svelte: 5 KB at run time, and plain TypeScript that `tsc` alone checks.
export default defineConfig({
  base: "./",
  build: {
    outDir: "../page",
    emptyOutDir: true,
    assetsDir: ".",
    assetsInlineLimit: 0, // the page's policy allows nothing inline
    modulePreload: { polyfill: false },
    target: "es2022",
    cssTarget: ["chrome105", "firefox110", "safari16"], // light-dark() is written out for these
  },
  experimental: {
    // index.html is served from `/`, all the rest from `/page`.
    renderBuiltUrl: (name, { hostType }) => (hostType === "html" ? `page/${name}` : { relative: true }),
  },
});
