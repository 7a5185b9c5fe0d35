// Keeps the page, so that it opens without its server: index.html comes from the network where there is
// one, the files whose names change with their content from the cache. Nothing else is touched: no
// answer, no sound, and not the runtime and the networks, which kit.ts keeps when somebody wants them.

/// <reference lib="webworker" />
export {};
declare const self: ServiceWorkerGlobalScope;
declare const FILES: string[]; // of the page; vite.config.ts puts them here
declare const RELEASE: string; // changes with any of them

const CACHE = `ouvido-page-${RELEASE}`;
const VARIED = { ignoreVary: true }; // cookies and encodings are no other page

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(CACHE).then((cache) => cache.addAll(["./", ...FILES.map((name) => `page/${name}`)])),
  );
  void self.skipWaiting();
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("ouvido-page-") && name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const scope = self.registration.scope;
  const { href, origin, pathname } = new URL(request.url);
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && origin + pathname === scope) event.respondWith(page(request));
  else if (href.startsWith(`${scope}page/`)) event.respondWith(file(request));
});

/** The page in the language that is asked for, else as it was seen last. */
async function page(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const { searchParams } = new URL(request.url);
  const language = searchParams.get("lang");
  const own = language ? `./?lang=${language}` : "./";
  try {
    const fresh = await fetch(request);
    const plain = fresh.ok && [...searchParams.keys()].every((key) => key === "lang"); // and not about one note
    if (plain) for (const address of new Set([own, "./"])) await cache.put(address, fresh.clone());
    return fresh;
  } catch {
    return (await cache.match(own, VARIED)) ?? (await cache.match("./", VARIED)) ?? Response.error();
  }
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, VARIED)) ?? fetch(request);
}
