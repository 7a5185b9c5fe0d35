import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { type Plugin, defineConfig } from "vite";

const SERVICE_WORKER = "service-worker.js";

/** The service worker is told the files that it keeps: all but the runtimes of the private check. */
function precache(): Plugin {
  return {
    name: "precache",
    enforce: "post",
    generateBundle(_, bundle) {
      const worker = bundle[SERVICE_WORKER];
      if (worker?.type !== "chunk") return this.error("no service worker");
      const files = [...Object.keys(bundle).filter((name) => /-[\w-]{8}\.(js|css)$/.test(name)).sort(), "icon.svg"];
      const release = createHash("sha256").update(files.join() + worker.code).digest("hex").slice(0, 12);
      worker.code = `const FILES=${JSON.stringify(files)},RELEASE="${release}";\n${worker.code}`;
    },
  };
}

/** What the private check loads is large: it is compressed here once and not at each request. */
function compressed(): Plugin {
  return {
    name: "compressed",
    enforce: "post",
    generateBundle(_, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type !== "asset" || !name.endsWith(".wasm")) continue;
        delete bundle[name];
        this.emitFile({ type: "asset", fileName: `${name}.gz`, source: gzipSync(file.source, { level: 9 }) }); // no time in it
      }
    },
  };
}

// Preact rather than Svelte: 5 KB at run time, and plain TypeScript that `tsc` alone checks.
export default defineConfig({
  base: "./",
  plugins: [precache(), compressed()],
  build: {
    outDir: "../page",
    emptyOutDir: true,
    assetsDir: ".",
    assetsInlineLimit: 0, // the page's policy allows nothing inline
    modulePreload: { polyfill: false },
    target: "es2022",
    cssTarget: ["chrome105", "firefox110", "safari16"], // light-dark() is written out for these
    chunkSizeWarningLimit: 20_000,
    rollupOptions: {
      input: { index: "index.html", "service-worker": "src/private/service_worker.ts" },
      output: {
        entryFileNames: (chunk) => (chunk.name === "service-worker" ? SERVICE_WORKER : "[name]-[hash].js"),
        // What only the private check loads is told by its name.
        chunkFileNames: (chunk) => (chunk.facadeModuleId?.includes("/src/private/") ? "private-[name]-[hash].js" : "[name]-[hash].js"),
      },
    },
  },
  worker: {
    format: "es",
    rollupOptions: { output: { entryFileNames: "private-[name]-[hash].js" } },
  },
  experimental: {
    // index.html is served from `/`, all the rest from `/page`.
    renderBuiltUrl: (name, { hostType }) => (hostType === "html" ? `page/${name}` : { relative: true }),
  },
});
