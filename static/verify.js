/* A file is compared by its SHA-256, taken here: it never leaves the device. Without this, or outside a secure page, it is sent instead. */
(function () {
  "use strict";

  function inHex(bytes) {
    return Array.from(new Uint8Array(bytes), function (byte) { return byte.toString(16).padStart(2, "0"); }).join("");
  }

  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("[data-hash-here]");
    if (!form || !window.crypto || !window.crypto.subtle) { return; }
    var isHashedHere;
    function say(hashedHere) {
      isHashedHere = hashedHere;
      form.querySelector("[data-with-script]").hidden = !hashedHere;
      form.querySelector("[data-without-script]").hidden = hashedHere;
    }
    say(true);
    form.addEventListener("submit", function (event) {
      var file = form.querySelector("input[type=file]").files[0];
      if (!file || !isHashedHere) { return; }
      event.preventDefault();
      file.arrayBuffer().then(function (content) {
        return window.crypto.subtle.digest("SHA-256", content);
      }).then(function (digest) {
        window.location.assign(window.location.pathname + "?sha256=" + inHex(digest));
      }, function () { say(false); }); /* not read here: it is sent by whoever presses again, having been told */
    });
  });
})();
