// `offline: false`: what an earlier build of the site kept in browsers goes, and the worker with it.
"use strict";
const NAME = "clerestory " + /*BASE*/"" + " ";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const clear = async () => { for (const name of await caches.keys()) if (name.startsWith(NAME)) await caches.delete(name); };
    await clear();
    await self.registration.unregister();
    // What the worker before was keeping just then.
    await clear();
  })());
});
