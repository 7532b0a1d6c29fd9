// Checks the signatures of the site in the browser: the checkpoint of its log, its list of files, and that the last entry of
// the log names that list. Without script the page says how to check by hand. Wants Ed25519 in WebCrypto, and says so without.
(function () {
  "use strict";
  var box = document.querySelector("[data-trust]");
  if (!box || !window.fetch || !window.crypto || !window.crypto.subtle || !window.TextEncoder) return;
  var data = box.dataset;
  box.hidden = false;

  function bytes(base64) {
    var raw = atob(base64), out = new Uint8Array(raw.length);
    for (var i = 0; i < raw.length; i++) out[i] = raw.charCodeAt(i);
    return out;
  }

  function base64(buffer) {
    var out = "", all = new Uint8Array(buffer);
    for (var i = 0; i < all.length; i++) out += String.fromCharCode(all[i]);
    return btoa(out);
  }

  function hex(buffer) {
    var out = "", all = new Uint8Array(buffer);
    for (var i = 0; i < all.length; i++) out += (all[i] < 16 ? "0" : "") + all[i].toString(16);
    return out;
  }

  function get(url) {
    return fetch(url, { cache: "no-store" }).then(function (r) {
      if (!r.ok) throw new Error(String(r.status));
      return r.arrayBuffer();
    });
  }

  function text(buffer) { return new TextDecoder("utf-8").decode(buffer); }

  // The text of a note where the key signed it, else null.
  function opened(key, note) {
    var at = note.lastIndexOf("\n\n");
    if (at < 0) return Promise.resolve(null);
    var body = note.slice(0, at + 1), begin = "\u2014 " + data.name + " ";
    var lines = note.slice(at + 2).split("\n").filter(function (l) { return l.indexOf(begin) === 0; });
    return Promise.all(lines.map(function (l) {
      var signature;
      try { signature = bytes(l.slice(begin.length)).slice(4); } catch (e) { return false; }
      if (signature.length !== 64) return false;
      return crypto.subtle.verify({ name: "Ed25519" }, key, signature, new TextEncoder().encode(body));
    })).then(function (all) { return all.some(Boolean) ? body : null; });
  }

  function show(part, good, word) {
    var place = box.querySelector('[data-part="' + part + '"] span');
    if (place) place.textContent = word || (good ? data.good : data.bad);
  }

  function joined(left, right) {
    var all = new Uint8Array(1 + left.byteLength + right.byteLength);
    all[0] = 1;
    all.set(new Uint8Array(left), 1);
    all.set(new Uint8Array(right), 1 + left.byteLength);
    return crypto.subtle.digest("SHA-256", all);
  }

  // The root of a tree of these leaves (RFC 6962).
  function root(leaves) {
    if (leaves.length === 1) return Promise.resolve(leaves[0]);
    var left = 1;
    while (left * 2 < leaves.length) left *= 2;
    return Promise.all([root(leaves.slice(0, left)), root(leaves.slice(left))]).then(function (p) { return joined(p[0], p[1]); });
  }

  function place(n, width) {
    var out = ("00" + n % 1000).slice(-3);
    for (var rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) out = "x" + ("00" + rest % 1000).slice(-3) + "/" + out;
    return width < 256 ? out + ".p/" + width : out;
  }

  // All entries, one piece after the other.
  function entries(size, n, out) {
    if (n * 256 >= size) return Promise.resolve(out);
    var width = Math.min(256, size - n * 256);
    var url = data.checkpoint.replace(/checkpoint$/, "tile/entries/" + place(n, width));
    return get(url).then(function (b) {
      var all = new Uint8Array(b);
      for (var at = 0; at + 2 <= all.length;) {
        var len = all[at] * 256 + all[at + 1];
        out.push(all.slice(at + 2, at + 2 + len));
        at += 2 + len;
      }
      return entries(size, n + 1, out);
    });
  }

  function leaf(entry) {
    var all = new Uint8Array(1 + entry.length);
    all.set(entry, 1);
    return crypto.subtle.digest("SHA-256", all);
  }

  function check() {
    var parts = ["checkpoint", "note", "manifest", "root"];
    parts.forEach(function (p) { show(p, false, data.checking); });
    var raw;
    try { raw = bytes(data.key).slice(1); } catch (e) { return Promise.reject(e); }
    return crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]).then(function (key) {
      return Promise.all([get(data.checkpoint), get(data.note), get(data.manifest)]).then(function (files) {
        return Promise.all([opened(key, text(files[0])), opened(key, text(files[1])), crypto.subtle.digest("SHA-256", files[2])]);
      });
    }).then(function (found) {
      var point = found[0] && found[0].split("\n"), note = found[1] && found[1].split("\n");
      show("checkpoint", point && point[0] === data.name);
      show("note", note && note[1] === data.name && note[2] === base64(found[2]));
      if (!point) { show("root", false); show("manifest", false); return null; }
      return entries(Number(point[1]), 0, []).then(function (all) {
        var last = all.length ? text(all[all.length - 1].buffer).split(" ") : [];
        show("manifest", last[0] === "site" && last[2] === hex(found[2]));
        return Promise.all(all.map(leaf)).then(root).then(function (r) { show("root", all.length === Number(point[1]) && base64(r) === point[2]); });
      });
    });
  }

  box.querySelector("button").addEventListener("click", function () {
    check().catch(function (e) {
      ["checkpoint", "note", "manifest", "root"].forEach(function (p) {
        var place = box.querySelector('[data-part="' + p + '"] span');
        if (place && place.textContent === data.checking) place.textContent = data.unable + " (" + e.message + ")";
      });
    });
  });
})();
