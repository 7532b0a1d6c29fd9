// Looks through the titles of the site. Text nodes only; the form works as a plain link to this page without it.
(function () {
  "use strict";
  var form = document.querySelector("form.search"), input = document.getElementById("q");
  var list = document.getElementById("results"), found = document.getElementById("found");
  if (!form || !input || !list || !found) return;
  var rows = null;
  var match = /[?&]q=([^&]*)/.exec(location.search);
  try { input.value = match ? decodeURIComponent(match[1].replace(/\+/g, " ")) : ""; } catch (e) { input.value = ""; }

  function fold(text) {
    return (text.normalize ? text.normalize("NFKC") : text).toLowerCase();
  }

  function show() {
    var words = fold(input.value).split(/\s+/).filter(function (w) { return w; });
    list.textContent = "";
    list.hidden = true;
    found.textContent = "";
    if (!words.length || !rows) return;
    var hits = rows.filter(function (r) {
      return words.every(function (w) { return r.folded.indexOf(w) >= 0; });
    });
    found.textContent = hits.length ? found.getAttribute("data-some").replace("%", String(hits.length)) : found.getAttribute("data-none");
    hits.slice(0, 50).forEach(function (r) {
      var item = document.createElement("li"), link = document.createElement("a"), meta = document.createElement("span");
      item.className = "card";
      link.className = "card__title";
      link.href = r.url;
      link.textContent = r.title;
      meta.className = "card__meta";
      meta.textContent = r.meta;
      item.appendChild(link);
      item.appendChild(meta);
      list.appendChild(item);
    });
    list.hidden = !hits.length;
    if (!hits.length) document.documentElement.classList.remove("asked");
  }

  var ask = new XMLHttpRequest();
  ask.open("GET", form.getAttribute("data-titles"));
  ask.onload = function () {
    if (ask.status !== 200) return;
    rows = JSON.parse(ask.responseText).map(function (r) {
      return { title: r[0], url: r[1], meta: r[2], folded: fold(r[0] + " " + r[2]) };
    });
    show();
  };
  ask.send();
  input.addEventListener("input", show);
})();
