/* Sets light or dark before the page is drawn, and wires the switch in the menu.
   Without this script the stylesheet follows the reader's system and the switch stays hidden. */
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    try {
      return window.localStorage.getItem("parley-theme");
    } catch (error) {
      if (error instanceof DOMException) { return null; } // The reader has forbidden storage: follow the system.
      throw error;
    }
  }

  function keep(theme) {
    try {
      window.localStorage.setItem("parley-theme", theme);
    } catch (error) {
      if (!(error instanceof DOMException)) { throw error; } // Not kept, but shown until the page is left.
    }
  }

  function show(theme) {
    root.setAttribute("data-bs-theme", theme || (system.matches ? "dark" : "light"));
  }

  show(chosen());
  system.addEventListener("change", function () { show(chosen()); });

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () {
        var next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
        keep(next);
        show(next);
      });
    });
  });
})();
