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
  /* data-copy="#id": the field's text to the clipboard; data-copied is what the button says then */
  function copy(button) {
    var field = document.querySelector(button.dataset.copy);
    field.select();
    var done = function () { var text = button.querySelector(".ui-button-text"); if (text && button.dataset.copied) { text.textContent = button.dataset.copied; } };
    if (navigator.clipboard) { navigator.clipboard.writeText(field.value).then(done, function () { document.execCommand("copy"); done(); }); } else { document.execCommand("copy"); done(); }
  }
})();
