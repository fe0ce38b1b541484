/* Comfort on top of pages that work without it: focus, messages, menus. */
(function () {
  "use strict";

  function focusErrors(inside) {
    var summary = inside.querySelector("[data-error-summary]");
    if (summary) { summary.focus(); }
  }

  function say(message) {
    var region = document.getElementById("toasts");
    var toast = document.getElementById("toast-pattern").content.cloneNode(true);
    toast.querySelector("[data-message]").textContent = message;
    toast.querySelector("[data-dismiss]").hidden = false;
    region.append(toast);
  }

  /* A thread in the margin moves down to the level of what it is about; without this it stands at the top of its section. */
  function levelThreads() {
    document.querySelectorAll("[data-level-with]").forEach(function (thread) {
      var anchor = document.getElementById(thread.dataset.levelWith) || document.querySelector('.p-pin[href="#' + thread.id + '"]');
      thread.style.marginTop = "";
      if (!anchor || window.innerWidth <= 720) { return; }
      var lower = anchor.getBoundingClientRect().top - thread.getBoundingClientRect().top;
      if (lower > 0) { thread.style.marginTop = lower + "px"; }
    });
  }

  window.addEventListener("load", levelThreads);
  window.addEventListener("resize", levelThreads);
  document.addEventListener("htmx:afterSettle", levelThreads);
  document.addEventListener("toggle", levelThreads, true);

  document.addEventListener("DOMContentLoaded", function () {
    focusErrors(document);
    document.querySelectorAll("[data-dismiss]").forEach(function (button) { button.hidden = false; });
  });
  document.addEventListener("htmx:afterSettle", function (event) { focusErrors(event.detail.elt); });

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-dismiss]");
    if (button) { button.closest(".p-toast").remove(); }
    document.querySelectorAll("details.p-menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll("details.p-menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () {
      say(document.getElementById("toasts").dataset.failed);
    });
  });
})();
