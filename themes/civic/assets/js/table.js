// The table of a data file: sorts, filters and turns pages over row files that are fetched in pieces. Without script the
// first rows stand in the page. Large tables are gone through piece by piece and never held whole: pieces whose bounds
// cannot matter are not fetched. Floor: Chrome 70 and Safari 12. No markup is ever made from text.
(function () {
  "use strict";
  var SHOWN = 20; // rows of a page
  var KEPT = 1000; // rows kept of a search or order over a large table
  var SMALL = 20000; // rows up to which all are kept
  var PIECES = 8; // pieces remembered

  function element(name, text) {
    var e = document.createElement(name);
    if (text) e.textContent = text;
    return e;
  }

  function group(n) { return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ","); }

  function fill(text, values) {
    return text.replace(/\{(\w+)\}/g, function (all, key) { return key in values ? String(values[key]) : all; });
  }

  // A long decimal as it is read; the whole of it stands in the title. Nothing is rounded to zero.
  function brief(text, decimals) {
    var m = decimals === null ? null : /^-?\d+\.(\d+)$/.exec(text);
    if (!m || m[1].length <= decimals) return text;
    var short = String(Number(Number(text).toFixed(decimals)));
    return Number(short) === 0 && Number(text) !== 0 ? text : short;
  }

  // Rows with their digits as they are written: a number that would lose some (`17879.40`) becomes a text behind a NUL.
  function read(text) {
    return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, function (m) {
      return m.charAt(0) === "\"" || String(Number(m)) === m ? m : "\"\\u0000" + m + "\"";
    }));
  }

  function digits(c) { return typeof c === "string" && c.charAt(0) === "\u0000"; }

  function written(c) { return c === null ? "" : digits(c) ? c.slice(1) : String(c); }

  // Compares cells: numbers by size, texts by their characters, nothing last in both directions.
  // A number, or one of per cent: 9% comes before 12.5%.
  function size(v) {
    if (typeof v === "number") return v;
    if (digits(v)) return Number(v.slice(1));
    var m = /^[-+]?\d+(\.\d+)?(?=\s*[%％]$)/.exec(v);
    return m ? Number(m[0]) : null;
  }

  function compare(a, b, down) {
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    var x = size(a), y = size(b), numbers = x !== null && y !== null;
    var order = numbers ? x - y : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
    return down ? -order : order;
  }

  // Can a piece hold a row that comes before the last one kept?
  function matters(bound, worst, down) {
    if (digits(worst)) worst = Number(worst.slice(1));
    if (!bound || typeof worst !== "number") return true;
    return down ? bound[1] > worst : bound[0] < worst;
  }

  function start(box) {
    var table = box.querySelector("table");
    var body = table.tBodies[0];
    var say = function (key) { return box.getAttribute("data-" + key) || ""; };
    var url = box.getAttribute("data-index");
    var folder = url.replace(/[^/]*$/, "");
    var index, pieces = [], turn = 0;
    var state = { text: "", within: -1, column: -1, down: false, page: 0 };
    var result = null; // rows of a filter or order; null while the file's own order is shown

    function piece(n) {
      for (var i = 0; i < pieces.length; i++) if (pieces[i].n === n) return Promise.resolve(pieces[i].rows);
      return fetch(folder + n + ".json").then(function (r) {
        if (!r.ok) throw new Error(String(r.status));
        return r.text();
      }).then(function (text) {
        var rows = read(text);
        pieces.push({ n: n, rows: rows });
        if (pieces.length > Math.max(PIECES, index.rows <= SMALL ? index.pages : 0)) pieces.shift();
        return rows;
      });
    }

    // Goes through all pieces that matter, with a word on the way.
    function scan(mine) {
      var most = index.rows <= SMALL ? Infinity : KEPT;
      var sought = words();
      var kept = [], more = false, column = state.column;
      function order(a, b) { return compare(a.row[column], b.row[column], state.down) || a.at - b.at; }
      function next(n) {
        if (mine !== turn) return Promise.reject(new Error("stopped"));
        var full = kept.length >= most;
        if (n >= index.pages || (full && column < 0)) return Promise.resolve();
        var worst = full && column >= 0 ? kept[most - 1].row[column] : null;
        var bound = column >= 0 && index.bounds[n] ? index.bounds[n][column] : null;
        if (full && worst !== null && !matters(bound, worst, state.down)) {
          more = true;
          return next(n + 1);
        }
        if (n % 10 === 9) status.textContent = fill(say("scanning"), { n: group(n), of: group(index.pages), found: group(kept.length) });
        return piece(n).then(function (rows) {
          rows.forEach(function (row, i) {
            var cells = state.within < 0 ? row : [row[state.within]];
            var hay = sought.length ? cells.map(written).join("\u0001").toLowerCase() : "";
            if (sought.every(function (w) { return hay.indexOf(w) >= 0; })) kept.push({ row: row, at: n * index.page_size + i });
          });
          if (column >= 0) kept.sort(order);
          if (kept.length > most) {
            kept.length = most;
            more = true;
          }
          return next(n + 1);
        });
      }
      return next(0).then(function () { return { rows: kept.map(function (k) { return k.row; }), more: more || (kept.length >= most && state.column < 0) }; });
    }

    function show(rows, first, total, more) {
      body.textContent = "";
      rows.forEach(function (row) {
        var tr = document.createElement("tr");
        row.forEach(function (cell, c) {
          var text = written(cell), short = brief(text, decimals[c]);
          var td = element(c === 0 && rowHeads ? "th" : "td", short);
          if (short !== text) td.title = text;
          if (c === 0 && rowHeads) td.scope = "row";
          var type = index.columns[c].type;
          if (type === "integer" || type === "number") td.className = "num";
          tr.appendChild(td);
        });
        body.appendChild(tr);
      });
      var key = total === 0 ? "none" : more ? "atmost" : "range";
      status.textContent = fill(say(key), { from: group(first + 1), to: group(first + rows.length), n: group(total) });
      if (state.column >= 0) status.textContent += say("comma") + fill(say(state.down ? "falling" : "rising"), { column: names[state.column] });
      var had = document.activeElement;
      before.hidden = after.hidden = total <= SHOWN;
      before.disabled = state.page === 0;
      after.disabled = first + rows.length >= total;
      // A button that can no longer be pressed would drop the focus.
      if (had === before && before.disabled) after.focus();
      if (had === after && after.disabled) before.focus();
      save.hidden = cited.hidden = !result || !result.rows.length;
      cited.textContent = save.hidden ? "" : citation();
      if (table.caption) table.caption.textContent = status.textContent;
      remember();
    }

    function draw() {
      var first = state.page * SHOWN;
      if (result) {
        show(result.rows.slice(first, first + SHOWN), first, result.rows.length, result.more);
        return Promise.resolve();
      }
      var last = Math.min(first + SHOWN, index.rows);
      var a = Math.floor(first / index.page_size), b = Math.floor(Math.max(first, last - 1) / index.page_size);
      return Promise.all(a === b ? [piece(a)] : [piece(a), piece(b)]).then(function (parts) {
        var rows = a === b ? parts[0] : parts[0].concat(parts[1]);
        show(rows.slice(first - a * index.page_size, last - a * index.page_size), first, index.rows, false);
      });
    }

    // The state stands in the address, so that it can be sent and comes back.
    function remember() {
      var q = new URLSearchParams(location.search);
      ["q", "in", "sort", "page"].forEach(function (k) { q.delete(k); });
      if (state.text.trim()) q.set("q", state.text);
      if (state.text.trim() && state.within >= 0) q.set("in", index.columns[state.within].name);
      if (state.column >= 0) q.set("sort", (state.down ? "-" : "") + index.columns[state.column].name);
      if (state.page) q.set("page", String(state.page + 1));
      var s = q.toString();
      history.replaceState(null, "", location.pathname + (s ? "?" + s : "") + location.hash);
    }

    function recall() {
      var q = new URLSearchParams(location.search);
      function place(name) {
        for (var i = 0; i < index.columns.length; i++) if (index.columns[i].name === name) return i;
        return -1;
      }
      state.text = input.value = q.get("q") || "";
      state.within = place(q.get("in"));
      within.value = String(state.within);
      var sort = q.get("sort") || "";
      state.down = sort.charAt(0) === "-" && place(sort) < 0;
      state.column = place(state.down ? sort.slice(1) : sort);
      state.page = Math.max(0, (parseInt(q.get("page"), 10) || 1) - 1);
      marks();
    }

    function marks() {
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (th, k) {
        if (k === state.column) th.setAttribute("aria-sort", state.down ? "descending" : "ascending");
        else th.removeAttribute("aria-sort");
      });
    }

    function words() { return state.text.toLowerCase().split(/\s+/).filter(Boolean); }

    // What to say of the rows found: whence, by which filter, how many, in which units.
    function citation() {
      var of = document.getElementById("cite-gbt");
      var units = index.columns.filter(function (c) { return c.unit && c.name.indexOf(c.unit) < 0; }).map(function (c) { return c.name + " " + c.unit; });
      var where = state.within < 0 ? "" : " [" + names[state.within] + "]", text = words().join(" ");
      var how = (text ? [text + where] : []).concat(state.column < 0 ? [] : [fill(say(state.down ? "falling" : "rising"), { column: names[state.column] })]).concat(units);
      return fill(say("cited"), { of: group(index.rows), n: group(result.rows.length), how: how.join(say("comma")), cite: of ? of.textContent : location.href });
    }

    // The rows found as a file, quoted as RFC 4180 has it.
    function download() {
      var quote = function (c) {
        var s = written(c);
        return /[",\r\n]/.test(s) ? "\"" + s.replace(/"/g, "\"\"") + "\"" : s;
      };
      var lines = [index.columns.map(function (c) { return quote(c.name); })].concat(result.rows.map(function (r) { return r.map(quote); }));
      var text = lines.map(function (l) { return l.join(","); }).join("\r\n") + "\r\n";
      var a = document.createElement("a");
      a.href = URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" }));
      // The name says that it is a part, and which.
      var what = words().concat(state.column < 0 ? [] : [(state.down ? "-" : "") + index.columns[state.column].name], result.more ? [String(result.rows.length)] : []);
      a.download = [box.getAttribute("data-name") || "rows"].concat(what).join("-").replace(/[\\\/:*?"<>|\s\u0000-\u001f]+/g, "_").slice(0, 80) + ".csv";
      document.body.appendChild(a);
      a.click();
      document.body.removeChild(a);
      setTimeout(function () { URL.revokeObjectURL(a.href); }, 10000);
    }

    function failed() { status.textContent = say("failed"); }

    function again(page) {
      var mine = ++turn;
      state.page = page || 0;
      if (!state.text.trim() && state.column < 0) {
        result = null;
        return draw().catch(failed);
      }
      box.setAttribute("aria-busy", "true");
      return scan(mine).then(function (found) {
        result = found;
        state.page = Math.min(state.page, Math.max(0, Math.ceil(found.rows.length / SHOWN) - 1));
        box.removeAttribute("aria-busy");
        return draw();
      }).catch(function (e) { if (e.message !== "stopped") failed(); });
    }

    var bar = element("div");
    bar.className = "rows__bar";
    var label = element("label", say("filter"));
    var input = document.createElement("input");
    input.type = "search";
    input.className = "rows__filter";
    label.appendChild(input);
    bar.appendChild(label);
    var within = document.createElement("select");
    within.className = "rows__in";
    within.setAttribute("aria-label", say("in"));
    bar.appendChild(within);
    var save = element("button", say("save"));
    save.type = "button";
    save.className = "button button--plain";
    save.hidden = true;
    save.addEventListener("click", download);
    var cited = element("p");
    cited.className = "measure";
    cited.hidden = true;
    var rowHeads = box.hasAttribute("data-heads");
    var decimals = Array.prototype.map.call(table.tHead.rows[0].cells, function (th) {
      return th.hasAttribute("data-decimals") ? Number(th.getAttribute("data-decimals")) : null;
    });
    // Units stand in an element of their own.
    var names = Array.prototype.map.call(table.tHead.rows[0].cells, function (th) { return (th.firstChild || th).textContent.trim() || th.textContent.trim(); });
    var status = element("p");
    status.className = "rows__status";
    status.setAttribute("role", "status");
    var pager = element("p");
    pager.className = "rows__pager";
    function button(text, step) {
      var b = element("button", text);
      b.type = "button";
      b.className = "button button--plain";
      b.addEventListener("click", function () {
        state.page += step;
        draw().catch(failed);
      });
      pager.appendChild(b);
      return b;
    }
    var before = button(say("before"), -1), after = button(say("after"), 1);

    fetch(url).then(function (r) {
      if (!r.ok) throw new Error(String(r.status));
      return r.json();
    }).then(function (json) {
      index = json;
      function option(value, text) {
        var o = element("option", text);
        o.value = String(value);
        within.appendChild(o);
      }
      option(-1, say("all"));
      names.forEach(function (n, i) { option(i, n); });
      within.addEventListener("change", function () {
        state.within = Number(within.value);
        if (state.text.trim()) again();
      });
      box.insertBefore(bar, box.firstChild);
      box.appendChild(status);
      box.appendChild(pager);
      pager.appendChild(save);
      box.appendChild(cited);
      var timer;
      input.addEventListener("input", function () {
        clearTimeout(timer);
        timer = setTimeout(function () {
          state.text = input.value;
          again();
        }, 200);
      });
      Array.prototype.forEach.call(table.tHead.rows[0].cells, function (th, c) {
        var b = element("button");
        b.type = "button";
        b.className = "rows__sort";
        while (th.firstChild) b.appendChild(th.firstChild);
        th.appendChild(b);
        b.addEventListener("click", function () {
          // Up, down, as in the file.
          if (state.column !== c) { state.column = c; state.down = false; }
          else if (!state.down) state.down = true;
          else { state.column = -1; state.down = false; }
          marks();
          again();
        });
      });
      recall();
      if (state.text.trim() || state.column >= 0) return again(state.page);
      state.page = Math.min(state.page, Math.max(0, Math.ceil(index.rows / SHOWN) - 1));
      return draw();
    }).catch(function () { /* the first rows stay as they are */ });
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-module=rows]"), start);
})();
