// `offline: false`: what an earlier build of the site kept in browsers goes, and the worker with it.
"use strict";
const NAME = "clerestory " + /*BASE*/"" + " ";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(NAME)) await caches.delete(name);
    await self.registration.unregister();
  })());
});
