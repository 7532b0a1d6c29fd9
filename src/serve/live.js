// The preview's own script: reloads, shows findings and where a page comes from. Text nodes only.
(function () {
  "use strict";
  var own = "/__clerestory/";
  var box = make("div", "cl-live"), panel = make("div", "cl-live__panel"), bar = make("div", "cl-live__bar");
  var count = make("button", ""), info = make("button", "", "i");
  var open = null, zh = true, here = [];
  panel.hidden = true;
  count.type = info.type = "button";
  box.setAttribute("role", "complementary");
  box.setAttribute("aria-label", "Clerestory");
  bar.appendChild(count);
  bar.appendChild(info);
  box.appendChild(panel);
  box.appendChild(bar);
  document.body.appendChild(box);

  function make(name, className, text) {
    var e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    return e;
  }

  function get(path, then) {
    var x = new XMLHttpRequest();
    x.open("GET", own + path);
    x.onload = function () { if (x.status === 200) then(JSON.parse(x.responseText)); };
    x.send();
  }

  function toggle(name, fill) {
    open = open === name ? null : name;
    panel.hidden = !open;
    panel.textContent = "";
    if (open) fill();
  }

  function list() {
    panel.textContent = "";
    if (!here.length) panel.appendChild(make("p", "", zh ? "没有新问题。" : "No new findings."));
    var ul = make("ul");
    here.forEach(function (f) {
      var li = make("li");
      li.appendChild(make("strong", "", f.code + " "));
      li.appendChild(document.createTextNode(f.message));
      if (f.file) li.appendChild(make("div", "cl-live__where", f.file + (f.line ? ":" + f.line + ":" + f.column : "") + (f.department_name ? " · " + f.department_name : "")));
      if (f.hint) li.appendChild(make("div", "", f.hint));
      ul.appendChild(li);
    });
    panel.appendChild(ul);
    var all = make("p"), link = make("a", "", zh ? "编辑页：按规则、没有公布的、数据质量" : "For editors: by rule, what is not public, quality of data");
    link.href = own + "editors";
    all.appendChild(link);
    panel.appendChild(all);
  }

  function findings() {
    get("findings", function (r) {
      zh = r.lang === "zh";
      here = r.new || [];
      var errors = here.filter(function (f) { return f.severity === "error" || f.severity === "veto"; }).length;
      count.className = errors ? "cl-live__bad" : "";
      count.textContent = (zh ? "问题 " : "Findings ") + here.length;
      info.title = zh ? "本页来自哪里" : "Where this page comes from";
      info.setAttribute("aria-label", info.title);
      if (open === "findings") list();
    });
  }

  count.addEventListener("click", function () { toggle("findings", list); });
  info.addEventListener("click", function () {
    toggle("page", function () {
      get("page?path=" + location.pathname, function (r) {
        var dl = make("dl");
        function row(k, v) {
          if (!v) return;
          dl.appendChild(make("dt", "", k));
          dl.appendChild(make("dd", "", String(v)));
        }
        row(zh ? "文件" : "File", r.file);
        row(zh ? "模板" : "Template", r.template);
        row(zh ? "状态" : "State", r.state);
        row(zh ? "语言" : "Language", r.language);
        (r.fields || []).forEach(function (f) { row(f[0], f[1]); });
        panel.textContent = "";
        panel.appendChild(dl);
      });
    });
  });

  var source = new EventSource(own + "events");
  source.addEventListener("reload", function () { location.reload(); });
  source.addEventListener("findings", findings);
  findings();
})();
