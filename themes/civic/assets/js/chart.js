// Reads the values of a chart one by one: by a slider for keyboards and screen readers, by pointing or touching the plot.
// The numbers are those of the table in the same figure. Without script the table is there.
(function () {
  "use strict";
  var NS = "http://www.w3.org/2000/svg";

  function numbers(svg, name) {
    var t = svg.getAttribute("data-" + name);
    return t ? t.split(" ").map(Number) : [];
  }

  function reader(figure) {
    var rows = figure.querySelectorAll("tbody tr");
    var heads = figure.querySelectorAll("thead th");
    var plots = Array.prototype.map.call(figure.querySelectorAll("svg[data-plot]"), function (svg) {
      var p = numbers(svg, "panels"), panels = [];
      for (var i = 0; i < p.length; i += 2) panels.push([p[i], p[i + 1]]);
      return { svg: svg, x: numbers(svg, "x"), y: numbers(svg, "y"), plot: numbers(svg, "plot"), panels: panels.length ? panels : [[0, 0]], marks: [] };
    });
    // One value alone is read without help.
    if (rows.length < 2 || !plots.length) return;
    var box = document.createElement("div");
    box.className = "chart__read";
    var label = document.createElement("label");
    label.textContent = figure.getAttribute("data-read");
    var slider = document.createElement("input");
    slider.type = "range";
    slider.min = "0";
    slider.max = String(rows.length - 1);
    slider.step = "1";
    // Over time the last value is what is asked for first.
    var start = plots[0].x.length && !plots[0].y.length ? rows.length - 1 : 0;
    slider.value = String(start);
    // Which chart it is, for who has several of them.
    slider.setAttribute("aria-label", label.textContent + " " + figure.querySelector("figcaption span").textContent);
    label.appendChild(slider);
    var out = document.createElement("p");
    out.setAttribute("aria-hidden", "true");
    box.appendChild(label);
    box.appendChild(out);

    function said(i) {
      var cells = rows[i].children, parts = [];
      for (var c = 1; c < cells.length; c++) {
        var value = cells[c].textContent || figure.getAttribute("data-none");
        parts.push(cells.length > 2 ? heads[c].textContent + " " + value : value);
      }
      return cells[0].textContent + "\u2002" + parts.join(" · ");
    }

    function mark(plot, i) {
      plot.marks.forEach(function (m) { m.remove(); });
      plot.marks = [];
      var x = plot.x[i], y = plot.y[i], p = plot.plot, both = plot.x.length && plot.y.length;
      if (x < 0 || y < 0) return;
      plot.panels.forEach(function (at) {
        var m = document.createElementNS(NS, both ? "circle" : "path");
        m.setAttribute("class", "here");
        if (both) {
          m.setAttribute("cx", x);
          m.setAttribute("cy", y);
          m.setAttribute("r", 8);
        } else {
          m.setAttribute("d", plot.x.length ? "M" + x + " " + p[1] + "V" + p[3] : "M" + p[0] + " " + y + "H" + p[2]);
          m.setAttribute("transform", "translate(" + at[0] + " " + at[1] + ")");
        }
        plot.svg.appendChild(m);
        plot.marks.push(m);
      });
    }

    function show(i) {
      slider.value = String(i);
      var text = said(i);
      slider.setAttribute("aria-valuetext", text);
      out.textContent = text;
      plots.forEach(function (plot) { mark(plot, i); });
    }

    plots.forEach(function (plot) {
      function point(e) {
        var r = plot.svg.getBoundingClientRect(), v = plot.svg.viewBox.baseVal;
        if (!r.width) return;
        var x = (e.clientX - r.left) / r.width * v.width, y = (e.clientY - r.top) / r.height * v.height;
        // The panel that begins last before the pointer.
        var at = plot.panels.filter(function (p) { return p[0] <= x && p[1] <= y; }).pop() || plot.panels[0];
        var best = -1, least = Infinity;
        for (var i = 0; i < rows.length; i++) {
          if (plot.x[i] < 0 || plot.y[i] < 0) continue;
          var dx = plot.x.length ? plot.x[i] - (x - at[0]) : 0, dy = plot.y.length ? plot.y[i] - (y - at[1]) : 0;
          if (dx * dx + dy * dy < least) { least = dx * dx + dy * dy; best = i; }
        }
        if (best >= 0) show(best);
      }
      plot.svg.addEventListener("pointermove", point);
      plot.svg.addEventListener("pointerdown", point);
      // Safari 12 has no pointer events.
      if (!window.PointerEvent) plot.svg.addEventListener("click", point);
    });
    slider.addEventListener("input", function () { show(Number(slider.value)); });
    slider.addEventListener("focus", function () { show(Number(slider.value)); });
    slider.setAttribute("aria-valuetext", said(start));
    var plot = figure.querySelector(".chart__plot");
    plot.parentNode.insertBefore(box, plot.nextSibling);
  }

  // The file drawn as a picture, twice as large, in the fonts of the reader.
  function picture(link) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "chart__png";
    button.textContent = link.getAttribute("data-png");
    var named = link.querySelector(".hidden");
    if (named) button.appendChild(named.cloneNode(true));
    link.parentNode.insertBefore(button, link.nextSibling);
    button.addEventListener("click", function () {
      var image = new Image();
      image.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = image.naturalWidth * 2;
        canvas.height = image.naturalHeight * 2;
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(function (blob) {
          var a = document.createElement("a");
          a.href = URL.createObjectURL(blob);
          a.download = link.href.split("/").pop().replace(/svg$/, "png");
          document.body.appendChild(a);
          a.click();
          a.remove();
          setTimeout(function () { URL.revokeObjectURL(a.href); }, 10000);
        }, "image/png");
      };
      image.src = link.href;
    });
  }

  // A drawing that is wider than its box (large letters) is reached by the keyboard; one that fits is no stop.
  function reach() {
    Array.prototype.forEach.call(document.querySelectorAll(".chart__scroll"), function (box) {
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
    });
  }
  window.addEventListener("resize", reach);
  new MutationObserver(reach).observe(document.documentElement, { attributes: true, attributeFilter: ["class"] });
  reach();

  Array.prototype.forEach.call(document.querySelectorAll("figure.chart"), reader);
  Array.prototype.forEach.call(document.querySelectorAll("a[data-png]"), picture);
})();
