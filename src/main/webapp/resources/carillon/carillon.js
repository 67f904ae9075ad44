(function () {
  "use strict";
  var html = document.documentElement;
  /* navigation drawer of narrow screens */
  function nav(open) {
    if (open) { html.dataset.nav = "open"; } else { delete html.dataset.nav; }
    var button = document.querySelector("[data-nav-toggle]");
    if (button) { button.setAttribute("aria-expanded", String(open)); }
  }
  document.addEventListener("click", function (event) {
    var target = event.target.closest("[data-nav-toggle],[data-nav-close],[data-open],[data-close],[data-copy]");
    if (!target) { return; }
    if (target.hasAttribute("data-nav-toggle")) { nav(html.dataset.nav !== "open"); }
    if (target.hasAttribute("data-nav-close")) { nav(false); }
    if (target.dataset.open) { PF(target.dataset.open).show(); }
    if (target.dataset.close) { PF(target.dataset.close).hide(); }
    if (target.dataset.copy) { copy(target); }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { nav(false); }
    if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName)) {
      var search = document.querySelector(".c-search input");
      if (search) { event.preventDefault(); search.focus(); }
    }
  });
  /* a form's address has no query: where the server must send the browser back to this page, this says which one it is */
  if (window.jQuery && location.search) {
    jQuery(document).on("pfAjaxSend", function (event, xhr) { xhr.setRequestHeader("Carillon-Query", location.search.slice(1)); });
  }
  /* data-copy="#id": the field's text to the clipboard; data-copied is what the button says then */
  function copy(button) {
    var field = document.querySelector(button.dataset.copy);
    field.select();
    var done = function () { var text = button.querySelector(".ui-button-text"); if (text && button.dataset.copied) { text.textContent = button.dataset.copied; } };
    if (navigator.clipboard) { navigator.clipboard.writeText(field.value).then(done, function () { document.execCommand("copy"); done(); }); } else { document.execCommand("copy"); done(); }
  }
  /* data-fill="id": the chosen file's text into the field, to be looked at before it is sent */
  document.addEventListener("change", function (event) {
    var id = event.target.dataset && event.target.dataset.fill;
    var file = id && event.target.files[0];
    if (file) { file.text().then(function (text) { document.getElementById(id).value = text; }); }
  });
  /* charts: a dataset names its token, so that colours follow the theme */
  function colour(name) {
    var probe = document.createElement("span");
    probe.style.color = "var(--" + name + ")";
    document.body.appendChild(probe);
    var found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  }
  var charts = new Set();
  /* every colour anew, as the theme of this moment has it */
  function paint(config) {
    var options = config.options = config.options || {}, font = { family: "Inter, system-ui, sans-serif", size: 12 };
    config.data.datasets.forEach(function (set) { set.backgroundColor = colour(set.token); set.borderRadius = 3; set.borderSkipped = false; set.barPercentage = 0.72; });
    options.maintainAspectRatio = false; options.responsive = true; options.animation = false;
    options.plugins = { legend: { position: "bottom", align: "start", labels: { color: colour("text-2"), font: font, usePointStyle: true, pointStyle: "circle", boxWidth: 7, boxHeight: 7, padding: 16 } },
      tooltip: { backgroundColor: "#1F2637", titleFont: font, bodyFont: font, padding: 10, cornerRadius: 7, usePointStyle: true } };
    options.scales = { x: { stacked: true, grid: { display: false }, border: { color: colour("line") }, ticks: { color: colour("text-3"), font: font, maxRotation: 0, autoSkipPadding: 12 } },
      y: { stacked: true, beginAtZero: true, border: { display: false }, grid: { color: colour("line") }, ticks: { color: colour("text-3"), font: font, maxTicksLimit: 5, precision: 0 } } };
    return options;
  }
  window.carillonChart = function () {
    var widget = this;
    paint(this.cfg.config);
    charts.add(widget);
    document.fonts.load("12px Inter").then(function () { if (widget.chart) { widget.chart.update(); } });
  };
  /* the system's theme turned, or this person chose another: the canvas knows nothing of CSS */
  function repaint() {
    charts.forEach(function (widget) { if (widget.chart && widget.chart.canvas) { widget.chart.options = paint(widget.cfg.config); widget.chart.update("none"); } else { charts.delete(widget); } });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  new MutationObserver(repaint).observe(html, { attributeFilter: ["data-theme"] });
})();

/* What an SMS costs, exactly as org.carillon.template counts it (MSG-01 to MSG-04): same tables, same order of steps. */
window.Carillon = (function () {
  "use strict";
  var BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
  var EXTENSION = new Set("\f^{}\\[~]|€"), PLAIN = new Map(), FOLDED = new Map();
  function put(plain, characters, onlyFold) {
    Array.from(characters).forEach(function (c) { FOLDED.set(c, plain); if (!onlyFold) { PLAIN.set(c, plain); } });
  }
  put("'", "’‘"); put("\"", "“”«»"); put(" ", "\u00A0\u202F\u2009"); put("-", "–—"); put("...", "…"); put("oe", "œ"); put("OE", "Œ");
  [["'", "`´‚‛′‹›ʼ"], ["\"", "¨„‟″"], ["-", "¬¯‐‒―−•"], ["", "\u00AD\u200B\u200C\u200D\u2060\uFEFF\uFE0E\uFE0F"], ["/", "÷⁄"], [".", "·"], [",", "¸"],
    ["|", "¦"], ["§", "¶"], ["(c)", "©"], ["(R)", "®"], ["+/-", "±"], ["x", "×"], ["o", "°º"], ["a", "ª"], ["c", "¢"], ["u", "µ"], ["D", "ÐĐ"], ["d", "ðđ"],
    ["Th", "Þ"], ["th", "þ"], ["H", "Ħ"], ["h", "ħ"], ["i", "ı"], ["k", "ĸ"], ["L", "ĿŁ"], ["l", "ŀł"], ["'n", "ŉ"], ["N", "Ŋ"], ["n", "ŋ"], ["T", "Ŧ"], ["t", "ŧ"]
  ].forEach(function (row) { put(row[0], row[1], true); });
  /* units of a character in the route's alphabet; 0 outside of it */
  function size(c, alphabet) {
    if (alphabet === "LATIN1") { return /^[\n\u0020-\u007E\u00A0-\u00FF]$/.test(c) ? 1 : 0; }
    return BASIC.has(c) || c === "ç" && alphabet === "GSM7_CEDILLA" ? 1 : EXTENSION.has(c) ? 2 : 0;
  }
  function encodable(text, alphabet) { return Array.from(text).every(function (c) { return size(c, alphabet); }); }
  function clean(text) {
    return text.replace(/\r\n/g, "\n").replace(/\r/g, "\n").replace(/\t/g, " ")
      .replace(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, "")
      .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "").normalize("NFC");
  }
  function plainly(text, alphabet) { return Array.from(text).map(function (c) { return !size(c, alphabet) && PLAIN.has(c) ? PLAIN.get(c) : c; }).join(""); }
  function folded(text, alphabet) {
    return Array.from(text).map(function (c) {
      if (size(c, alphabet)) { return c; }
      return FOLDED.has(c) ? FOLDED.get(c) : Array.from(c.normalize("NFKD")).filter(function (d) { return !/\p{Mn}/u.test(d); })
        .map(function (d) { return FOLDED.has(d) ? FOLDED.get(d) : d; }).join("");
    }).join("");
  }
  function apply(change, text, alphabet) {
    var result = encodable(text, alphabet) ? text : change(text, alphabet);
    return encodable(result, alphabet) ? result : text;
  }
  function measure(text, alphabet) {
    var forcing = Array.from(new Set(Array.from(text).filter(function (c) { return !size(c, alphabet); }))), ucs2 = forcing.length > 0, latin = alphabet === "LATIN1";
    var of = function (c) { return ucs2 ? c.length : size(c, alphabet); }, units = 0, parts = 0, used = 0;
    var one = ucs2 ? 70 : latin ? 140 : 160, many = ucs2 ? 67 : latin ? 134 : 153;
    Array.from(text).forEach(function (c) { units += of(c); });
    if (units <= one) {
      parts = text ? 1 : 0;
    } else {
      parts = 1;
      Array.from(text).forEach(function (c) { if (used + of(c) > many) { parts += 1; used = 0; } used += of(c); });
    }
    return { ucs2: ucs2, units: units, segments: parts, forcing: forcing, room: parts <= 1 ? one : many * parts };
  }
  /* literal text and placeholders, as TemplateText reads them */
  function parse(source) {
    var parts = [], literal = "", raw = "", at = 0;
    function flush() { if (raw) { parts.push({ text: literal, raw: raw }); } literal = raw = ""; }
    while (at < source.length) {
      var c = source[at], doubled = (c === "{" || c === "}") && source[at + 1] === c, close = c === "{" && !doubled ? source.indexOf("}", at) : -1;
      if (doubled) { literal += c; raw += c + c; at += 2; } else if (close < 0) { literal += c; raw += c; at += 1; } else {
        flush();
        var inside = source.slice(at + 1, close), bar = inside.indexOf("|");
        parts.push({ field: (bar < 0 ? inside : inside.slice(0, bar)).trim(), fallback: bar < 0 ? null : inside.slice(bar + 1).trim(), raw: source.slice(at, close + 1) });
        at = close + 1;
      }
    }
    flush();
    return parts;
  }
  function fill(parts, values) {
    return parts.map(function (p) { return p.field === undefined ? p.text : values[p.field] && values[p.field].trim() ? values[p.field] : p.fallback === null ? p.raw : p.fallback; }).join("");
  }
  /* who writes and how to stop, as Imprint adds it */
  function sign(text, added) {
    function said(t) { return " " + t.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim() + " "; }
    function says(needle) { return needle === "STOP" ? /(?<![\p{L}\p{N}-])STOP(?![\p{L}\p{N}])/u.test(text) : bare.includes(said(needle)); }
    var gap = added.gap, bare = said(text), front = "", behind = "";
    added.before.forEach(function (a) { if (!says(a[0])) { front += a[1]; } });
    added.after.forEach(function (a) { if (!says(a[0])) { behind += gap + a[1]; gap = "\n"; } });
    return front + text + behind;
  }
  return { clean: clean, measure: measure, sign: sign, parse: parse, fill: fill, encodable: encodable, folded: folded,
    mode: function (name, text, alphabet) { return name === "KEEP" ? text : apply(name === "FOLD" ? folded : plainly, text, alphabet); } };
})();

/* The editor of template texts: tints, counts and previews while one types. Nothing of it decides; the server counts again when it saves. */
(function () {
  "use strict";
  var C = window.Carillon, last;
  function part(box, selector) { return box.querySelector(selector); }
  function set(box, name, text) { var e = part(box, "[data-m=" + name + "]"); if (e) { e.textContent = text; } }
  function mark(kind, text) { var m = document.createElement("mark"); m.className = kind; m.textContent = text; return m; }
  /* whether a character needs UCS-2 even after what the location lets us change */
  function forces(box, c) { return C.clean(c) !== "" && !C.encodable(C.mode(box.dataset.mode, c, box.dataset.alphabet), box.dataset.alphabet); }
  function words(count, w) { return count + " " + (count > 1 ? w.segments : w.segment); }
  function render(box) {
    var area = part(box, "textarea"), values = JSON.parse(box.dataset.values), w = JSON.parse(box.dataset.words), sms = box.dataset.composer === "sms";
    var parts = C.parse(area.value), back = part(box, ".c-back"), hints = [];
    back.replaceChildren();
    parts.forEach(function (p) {
      if (p.field !== undefined) {
        var known = p.field in values;
        back.append(mark(known ? "ph" : "bad", p.raw));
        if (!known) { hints.push(w.unknown.replace("{0}", p.field)); } else if (values[p.field] === null && p.fallback === null) { hints.push(w.missing.replace("{0}", p.field)); }
      } else {
        (p.text.match(/\[[^\]\[]{1,80}\]/g) || []).forEach(function (b) { hints.push(w.blank.replace("{0}", b)); });
        Array.from(p.raw).forEach(function (c) { back.append(sms && forces(box, c) ? mark("ucs", c) : c); });
      }
    });
    back.append("\n");
    back.scrollTop = area.scrollTop;
    box.querySelectorAll("[data-value]").forEach(function (e) { e.textContent = values[e.dataset.value] || ""; });
    var full = C.clean(C.fill(parts, values));
    if (box.dataset.sign && full) { full = C.sign(full, JSON.parse(box.dataset.sign)); }
    var shown = sms ? C.mode(box.dataset.mode, full, box.dataset.alphabet) : full;
    bubble(box.dataset.name, shown);
    var line = document.getElementById(area.id.replace(/Body$/, "Subject"));
    if (!sms && line) { bubble(box.dataset.name.replace(/Body$/, "Subject"), C.clean(C.fill(C.parse(line.value), values))); }
    if (sms) { count(box, shown, w, hints); }
    part(box, "[data-note=hints]").hidden = !hints.length;
    set(box, "hints", Array.from(new Set(hints)).join(" "));
  }
  function bubble(name, text) {
    document.querySelectorAll("[data-bubble=\"" + name + "\"]").forEach(function (b) { b.textContent = text; b.hidden = !text; });
    document.querySelectorAll("[data-face=\"" + name + "\"]").forEach(function (f) { f.hidden = !text; });
  }
  function count(box, shown, w, hints) {
    var alphabet = box.dataset.alphabet, m = C.measure(shown, alphabet), segs = part(box, "[data-m=segs]"), without = C.measure(C.mode("FOLD", shown, alphabet), alphabet);
    var costs = box.dataset.prices ? JSON.parse(box.dataset.prices) : [], cost = m.segments && costs[m.segments] || "", meter = part(box, "[data-m=cost]");
    meter.hidden = !cost;
    meter.textContent = cost && w.cost.replace("{0}", cost);
    set(box, "parts", m.segments ? words(m.segments, w) : w.none); set(box, "chars", m.units + " / " + m.room); set(box, "enc", m.ucs2 ? w.ucs : alphabet === "LATIN1" ? w.latin : w.gsm);
    segs.replaceChildren();
    for (var i = 0; i < Math.max(3, Math.min(m.segments, 12)); i++) { var s = document.createElement("i"); if (i >= m.segments) { s.className = "off"; } segs.append(s); }
    if (m.segments > Number(box.dataset.max)) { hints.push(w.tooLong.replace("{0}", m.segments).replace("{1}", box.dataset.max)); }
    part(box, "[data-note=ucs]").hidden = !m.ucs2;
    var glyphs = part(box, "[data-glyphs]");
    glyphs.replaceChildren();
    m.forcing.filter(function (c) { return forces(box, c); }).slice(0, 12).forEach(function (c) { var g = document.createElement("span"); g.className = "c-glyph"; g.textContent = c; glyphs.append(g, " "); });
    var gain = m.ucs2 && !without.ucs2 && without.segments <= m.segments;
    set(box, "without", gain && without.segments < m.segments ? w.instead.replace("{0}", words(without.segments, w)).replace("{1}", m.segments) : "");
    part(box, "[data-simplify]").hidden = !gain;
    document.querySelectorAll("[data-size=\"" + box.dataset.name + "\"]").forEach(function (e) { e.textContent = m.units + " / " + m.room + " · " + words(m.segments, w) + (cost && " · " + cost); });
  }
  function write(box, text, from, to, cursor) {
    var area = part(box, "textarea");
    area.focus();
    area.setRangeText(text, from, to, "end");
    if (cursor !== undefined) { area.setSelectionRange(cursor[0], cursor[1]); }
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  /* the fallback of the field under the cursor, or of the nearest one before it */
  function fallback(box, word) {
    var area = part(box, "textarea"), at = 0, found;
    C.parse(area.value).forEach(function (p) { if (p.field !== undefined && at <= area.selectionStart) { found = { from: at, part: p }; } at += p.raw.length; });
    if (!found) { return; }
    var text = "{ " + found.part.field + " | " + (found.part.fallback || word) + " }", start = found.from + found.part.field.length + 5;
    write(box, text, found.from, found.from + found.part.raw.length, [start, found.from + text.length - 2]);
  }
  document.addEventListener("input", function (event) {
    var area = event.target.matches("input") && document.getElementById(event.target.id.replace(/Subject$/, "Body")), box = (area || event.target).closest("[data-composer]");
    if (box) { render(box); }
  });
  document.addEventListener("focusin", function (event) { var box = event.target.closest("[data-composer]"); if (box && event.target.matches("textarea")) { last = box; } });
  document.addEventListener("scroll", function (event) {
    if (event.target.matches && event.target.matches("[data-composer] textarea")) { part(event.target.closest("[data-composer]"), ".c-back").scrollTop = event.target.scrollTop; }
  }, true);
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.c-fields[open]").forEach(function (d) { if (!d.contains(event.target)) { d.open = false; } });
    var t = event.target.closest("[data-insert],[data-simplify],[data-fallback]");
    if (!t) { return; }
    var box = t.closest("[data-composer]") || (last && last.isConnected && last.offsetParent ? last : Array.from(document.querySelectorAll("[data-composer]")).find(function (b) { return b.offsetParent; }));
    if (!box) { return; }
    var area = part(box, "textarea");
    if (t.dataset.insert) { write(box, "{ " + t.dataset.insert + " }", area.selectionStart, area.selectionEnd); var list = t.closest("details"); if (list) { list.open = false; } }
    if (t.hasAttribute("data-fallback")) { fallback(box, t.dataset.fallback); }
    if (t.hasAttribute("data-simplify")) {
      write(box, C.parse(area.value).map(function (p) { return p.field === undefined || p.fallback !== null ? C.folded(p.raw, box.dataset.alphabet) : p.raw; }).join(""), 0, area.value.length);
    }
  });
  document.addEventListener("keydown", function (event) {
    var open = event.key === "Escape" && document.querySelector("details.c-fields[open]");
    if (open) { event.stopPropagation(); open.open = false; part(open, "summary").focus(); }
  }, true);
  /* data-switch="x": its radios show the parts with data-when-x="value" */
  document.addEventListener("change", function (event) {
    var box = event.target.closest("[data-switch]");
    if (!box || event.target.type !== "radio") { return; }
    document.querySelectorAll("[data-when-" + box.dataset.switch + "]").forEach(function (e) { e.hidden = e.getAttribute("data-when-" + box.dataset.switch) !== event.target.value; });
  });
  /* a double click on a row opens it as its edit button does */
  document.addEventListener("dblclick", function (event) {
    var row = event.target.closest("[data-rows] tr"), button = row && part(row, "[data-edit]");
    if (button && !event.target.closest("a, button, input, .ui-toggleswitch")) { button.click(); }
  });
  function fresh() { document.querySelectorAll("[data-composer]:not([data-ready])").forEach(function (box) { box.dataset.ready = ""; render(box); }); }
  fresh();
  new MutationObserver(fresh).observe(document.documentElement, { childList: true, subtree: true });
})();

/* data-keep on a form: what is typed into it is not lost. With the id of its remote command carillonKeep it is stored a moment after the last key, and by a
   beacon when the page is left sooner; with "ask" the browser asks before it is left. data-aside holds fields that are no part of it, data-change marks
   buttons that change it. */
(function () {
  "use strict";
  var dirty = false, timer = 0, REST = 1200;
  function form() { return document.querySelector("form[data-keep]"); }
  function stores(f) { return f.dataset.keep !== "ask"; }
  function later() {
    clearTimeout(timer);
    timer = setTimeout(function () { var f = form(); if (f && dirty && stores(f) && window.carillonKeep) { dirty = false; window.carillonKeep(); } }, REST);
  }
  function changed(event) {
    if (event.target.closest && event.target.closest("form[data-keep]") && !event.target.closest("[data-aside]")) { dirty = true; later(); }
  }
  window.carillonUnkept = function () { dirty = true; };
  if (!window.jQuery) { return; }
  jQuery(document).on("input change", "form[data-keep] :input", changed);  // jQuery's own, as the menus of PrimeFaces raise no other
  document.addEventListener("click", function (event) { if (event.target.closest("[data-change]")) { changed(event); } });
  // an answer that leads elsewhere has stored the form
  jQuery(document).on("pfAjaxSuccess", function (event, xhr) { if ((xhr.responseText || "").indexOf("<redirect ") >= 0) { dirty = false; clearTimeout(timer); } });
  window.addEventListener("pagehide", function () {
    var f = form();
    if (!f || !dirty || !stores(f)) { return; }
    var said = new URLSearchParams(new FormData(f)), command = f.dataset.keep;
    [["Faces-Request", "partial/ajax"], ["jakarta.faces.partial.ajax", "true"], ["jakarta.faces.source", command], ["jakarta.faces.partial.execute", f.id], [command, command]]
      .forEach(function (pair) { said.set(pair[0], pair[1]); });
    dirty = false;
    navigator.sendBeacon(f.action, said);
  });
  window.addEventListener("beforeunload", function (event) {
    var f = form();
    if (f && dirty && !stores(f)) { event.preventDefault(); event.returnValue = ""; }
  });
})();

/* the calendar of appointments: what p:schedule has no attribute for */
(function () {
  "use strict";
  // a panel that is open when the page comes: shown by its widget, which lays it over the page and keeps the focus in it. Widgets are made by
  // functions that wait for jQuery to be ready; at "load" all of them are in line before ours
  window.addEventListener("load", function () {
    var shown = document.querySelector("[data-show]");
    if (shown) { jQuery(function () { PF(shown.dataset.show).show(); }); }
  });

  window.carillonCalendar = function () {
    var options = this.cfg.options, box = document.querySelector("[data-now]");
    options.firstDay = 1;
    options.now = box.dataset.now + "Z";
    options.nowIndicator = true;
    options.expandRows = true;
    options.eventTimeFormat = { hour: "numeric", minute: "2-digit" };
    options.eventDisplay = "block";
    options.eventDidMount = function (info) { info.el.title = info.event.title; };
  };
})();
