// Asks the browser to keep what is read. The address of the worker stands on this script's own element.
(function () {
  "use strict";
  var own = document.currentScript, url = own && own.getAttribute("data-worker");
  if (!url || !navigator.serviceWorker) return;
  var tt = self.trustedTypes;
  // The only script address that the policy lets through is the worker's.
  var policy = tt && tt.createPolicy("clerestory-offline", { createScriptURL: function (u) { return u === url ? u : ""; } });
  navigator.serviceWorker.register(policy ? policy.createScriptURL(url) : url, { scope: own.getAttribute("data-scope") }).catch(function () { /* the site is whole without */ });
  // The page that is open was read before the worker was there.
  navigator.serviceWorker.addEventListener("controllerchange", function () {
    if (navigator.serviceWorker.controller) navigator.serviceWorker.controller.postMessage({ read: location.href });
  });
})();
