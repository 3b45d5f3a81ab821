/**
 * The tablet's service worker. Scope `/tablet/`. It keeps the shell and the files that the shell names, so that the tablet
 * opens without a network; every other request passes by as if there were no worker: data are the program's business.
 * A new version waits until the program says that no visit is open.
 */
import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from "workbox-precaching";
import { registerRoute } from "workbox-routing";

declare const __FILES__: string[];
declare const self: ServiceWorkerGlobalScope & {
  __MIYAR: { base: string; index: string; shells: Record<string, string> };
};
interface ServiceWorkerGlobalScope {
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  addEventListener(type: "activate", listener: (event: Event & { waitUntil(done: Promise<unknown>): void }) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
}

const { base, index, shells } = self.__MIYAR;
const LANGUAGE = "miyar-tablet-language";

precacheAndRoute(
  [
    ...__FILES__.map((file) => ({ url: base + file, revision: null })), // their names change with their contents
    ...Object.entries(shells).map(([url, revision]) => ({ url, revision })),
  ],
  { directoryIndex: "", cleanURLs: false, ignoreURLParametersMatching: [/^lang$/] },
);
cleanupOutdatedCaches();

/** `/tablet/` itself, as the device's icon opens it: the shell in the language that was used last. */
async function opened(): Promise<Response> {
  const kept = await (await caches.open(LANGUAGE)).match(index);
  const language = kept ? await kept.text() : "ar";
  return (await matchPrecache(`${index}${language}`)) ?? fetch(index);
}
registerRoute(
  ({ request, url }) => request.mode === "navigate" && url.pathname === index,
  () => opened(),
);

self.addEventListener("message", (event) => {
  if (event.data === "take-over") void self.skipWaiting();
});
// the first version serves at once the page that installed it; it waits for nobody
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
