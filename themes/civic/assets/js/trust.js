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

  // What is wrong with a file of the site is no fault of the browser, and is told as such.
  function lacking(message, url) {
    var e = new Error(message + url);
    e.site = true;
    return e;
  }

  function get(url) {
    return fetch(url, { cache: "no-store" }).then(function (r) {
      if (r.status === 404 || r.status === 410 || r.status === 403) throw lacking(data.missing, url);
      if (!r.ok) throw lacking(data.unread, url + " (" + r.status + ")");
      return r.arrayBuffer();
    }, function () { throw lacking(data.unread, url); });
  }

  // The check of one part: where a file is not there it says so, and the other parts go on.
  function part(name, all) {
    return Promise.all(all).then(null, function (e) {
      if (!e.site) throw e;
      show(name, false, e.message);
      return null;
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
      var checkpoint = get(data.checkpoint), note = get(data.note), manifest = get(data.manifest);
      var point = part("checkpoint", [checkpoint]).then(function (files) {
        if (!files) { show("root", false, data.without); return null; }
        return opened(key, text(files[0])).then(function (body) {
          var lines = body && body.split("\n");
          show("checkpoint", lines && lines[0] === data.name);
          if (!lines) show("root", false, data.without);
          return lines;
        });
      });
      var signed = part("note", [note, manifest]).then(function (files) {
        return files && Promise.all([opened(key, text(files[0])), crypto.subtle.digest("SHA-256", files[1])]).then(function (found) {
          var lines = found[0] && found[0].split("\n");
          show("note", lines && lines[1] === data.name && lines[2] === base64(found[1]));
        });
      });
      var told = part("manifest", [manifest, point]).then(function (files) {
        if (files && !files[1]) show("manifest", false, data.without);
        return files && files[1] && part("root", [entries(Number(files[1][1]), 0, [])]).then(function (read) {
          if (!read) { show("manifest", false, data.without); return null; }
          var all = read[0], last = all.length ? text(all[all.length - 1].buffer).split(" ") : [];
          return crypto.subtle.digest("SHA-256", files[0]).then(function (hash) {
            show("manifest", last[0] === "site" && last[2] === hex(hash));
            return Promise.all(all.map(leaf)).then(root);
          }).then(function (r) { show("root", all.length === Number(files[1][1]) && base64(r) === files[1][2]); });
        });
      });
      return Promise.all([point, signed, told]).then(function () {
        // The list is not there: the entries can be held against the root all the same.
        return checking("root") && point.then(function (lines) {
          return lines && part("root", [entries(Number(lines[1]), 0, [])]).then(function (read) {
            return read && Promise.all(read[0].map(leaf)).then(root).then(function (r) {
              show("root", read[0].length === Number(lines[1]) && base64(r) === lines[2]);
            });
          });
        });
      });
    });
  }

  function checking(name) {
    var place = box.querySelector('[data-part="' + name + '"] span');
    return Boolean(place) && place.textContent === data.checking;
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
