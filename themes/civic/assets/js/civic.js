// What script adds: remembered modes, copying, printing, terms explained in place, a word before leaving the site.
// Every page is complete without it. Floor: Chrome 70 and Safari 12. No markup is ever made from text.
(function () {
  "use strict";
  var root = document.documentElement;

  function remember(key, value) {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch (e) { /* lasts for one page */ }
  }

  function each(selector, make) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), make);
  }

  function element(name, className, text) {
    var e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  }

  // Large print and dark mode: buttons that say by aria-pressed what is on.
  each("[data-module=large]", function (button) {
    function show() { button.setAttribute("aria-pressed", String(root.classList.contains("large"))); }
    button.hidden = false;
    show();
    button.addEventListener("click", function () {
      var on = root.classList.toggle("large");
      remember("large", on ? "1" : null);
      each("[data-module=large]", function (b) { b.setAttribute("aria-pressed", String(on)); });
    });
  });

  // On the easy view large print is on already; this remembers it for every page.
  each("[data-module=large-keep]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      remember("large", "1");
      button.textContent = button.getAttribute("data-done");
    });
  });

  each("[data-module=theme]", function (button) {
    var wide = window.matchMedia("(prefers-color-scheme: dark)");
    function dark() {
      var set = root.getAttribute("data-theme");
      return set ? set === "dark" : wide.matches;
    }
    function show() { button.setAttribute("aria-pressed", String(dark())); }
    button.hidden = false;
    show();
    button.addEventListener("click", function () {
      var next = dark() ? "light" : "dark";
      root.setAttribute("data-theme", next);
      // The system's own choice needs no memory.
      remember("theme", (next === "dark") === wide.matches ? null : next);
      show();
    });
  });

  each("[data-module=print]", function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  // Copy a text that stands on the page.
  each("[data-module=copy]", function (button) {
    var from = document.getElementById(button.getAttribute("data-from"));
    if (!from) return;
    button.hidden = false;
    var label = button.textContent;
    function done() {
      button.textContent = button.getAttribute("data-done");
      setTimeout(function () { button.textContent = label; }, 2500);
    }
    button.addEventListener("click", function () {
      if (navigator.clipboard && navigator.clipboard.writeText) {
        navigator.clipboard.writeText(from.textContent).then(done, select);
      } else select();
    });
    function select() {
      var range = document.createRange();
      range.selectNodeContents(from);
      var s = window.getSelection();
      s.removeAllRanges();
      s.addRange(range);
      if (document.execCommand("copy")) done();
    }
  });

  // A consultation, a letter, a task and a policy say their state as of the day of the build; here as of the reader's.
  var now = new Date();
  var two = function (n) { return (n < 10 ? "0" : "") + n; };
  var day = now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  function place(e) { return day < e.getAttribute("data-opens") ? 0 : day > e.getAttribute("data-closes") ? 2 : 1; }
  each("[data-module=stage]", function (tag) {
    var at = place(tag), word = tag.getAttribute("data-words").split("|")[at];
    tag.textContent = word;
    // What is in force needs no mark in a list.
    tag.hidden = !word;
    tag.className = "tag tag--" + tag.getAttribute("data-states").split("|")[at];
  });
  // A sentence before a text holds from a day to a day.
  each("[data-module=days]", function (e) { e.hidden = place(e) !== 1; });

  // A term: the definition opens below its paragraph; without script the link leads to the glossary.
  each("[data-module=term]", function (link) {
    link.setAttribute("aria-expanded", "false");
    var note = null;
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (note) {
        note.parentNode.removeChild(note);
        note = null;
      } else {
        note = element("span", "term__note", link.title + " ");
        var more = element("a", "", root.getAttribute("data-more") || "…");
        more.href = link.href;
        note.appendChild(more);
        note.setAttribute("role", "note");
        link.parentNode.insertBefore(note, link.nextSibling);
      }
      link.setAttribute("aria-expanded", String(!!note));
    });
    link.addEventListener("keydown", function (event) {
      if (event.key === "Escape" && note) link.click();
    });
  });

  // Suggestions of a search box come when somebody turns to it.
  document.addEventListener("focusin", function (event) {
    var from = event.target.getAttribute && event.target.getAttribute("data-suggest");
    if (!from) return;
    import(from).then(function (box) { box.attach(event.target); }, function () { /* the form still leads to the search page */ });
  });
  // What a search found is marked.
  try {
    var found = JSON.parse(sessionStorage.getItem("clerestory-mark") || "null"), box = document.querySelector("[data-suggest]");
    if (found && box && found[0] === location.pathname) {
      sessionStorage.removeItem("clerestory-mark");
      import(new URL("mark.js", new URL(box.getAttribute("data-suggest"), location.href)).href).then(function (m) { m.mark(found[1]); }, function () { /* the page is whole without */ });
    }
  } catch (e) { /* a browser that keeps nothing */ }
  // "/" leads to the search box from anywhere.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    var boxes = Array.prototype.filter.call(document.querySelectorAll("input[name=q]"), function (b) { return b.offsetParent; });
    var link = document.querySelector(".top__find");
    if (!boxes.length && !link) return;
    event.preventDefault();
    if (boxes.length) boxes[boxes.length - 1].focus();
    else link.click();
  });

  // A word before leaving for a site that is not a government's (FTR-03). The link itself stays a link.
  var words = document.getElementById("leave");
  function government(host) { return /(^|\.)gov(\.[a-z]{2})?$/.test(host); }
  if (words) {
    var back = null;
    document.addEventListener("click", function (event) {
      if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      var a = event.target.closest ? event.target.closest("a[href]") : null;
      if (!a || !/^https?:$/.test(a.protocol) || a.host === location.host || government(a.hostname) || words.contains(a)) return;
      event.preventDefault();
      back = a;
      words.querySelector(".leave__url").textContent = a.href;
      words.querySelector("[data-go]").href = a.href;
      words.hidden = false;
      words.querySelector("[data-go]").focus();
    });
    var close = function () {
      words.hidden = true;
      if (back) back.focus();
    };
    words.querySelector("[data-stay]").addEventListener("click", close);
    words.addEventListener("keydown", function (event) { if (event.key === "Escape") close(); });
    words.querySelector("[data-go]").addEventListener("click", function () { words.hidden = true; });
  }
})();
