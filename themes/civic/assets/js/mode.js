// Runs before the page is painted, so that a remembered mode does not flicker.
(function () {
  "use strict";
  var root = document.documentElement;
  root.className += " js";
  // Read from a disk there is no search: browsers let no script fetch its files there.
  if (location.protocol === "file:") root.className += " file";
  // A search waits for its results: what would be pushed aside by them is not shown first.
  if (/[?&]q=[^&]/.test(location.search)) root.className += " asked";
  try {
    var theme = localStorage.getItem("theme");
    if (theme === "dark" || theme === "light") root.setAttribute("data-theme", theme);
    if (localStorage.getItem("large") === "1") root.classList.add("large");
  } catch (e) { /* storage may be off: the modes then last for one page */ }
})();
