/* Small helps of fields; every form works without them. */
(() => {
  "use strict";

  // ---- What has to be mended is in sight, ready to be typed ----------------
  // Not where a list above the form leads to the fields, or the page chose one.

  const wrong = document.querySelector("main form .is-invalid");
  if (wrong && !document.querySelector("[autofocus], main .notice-error, main .alert-danger")) {
    wrong.focus();
  }

  // ---- A password that one may read while typing ---------------------------

  const passwordsBeside = (box) => box.form.querySelectorAll("[data-password]");

  for (const place of document.querySelectorAll("[data-show-password]")) {
    const box = place.querySelector("input");
    for (const field of box.form.querySelectorAll('input[type="password"]')) field.dataset.password = "";
    place.hidden = false;
    box.addEventListener("change", () => {
      for (const field of passwordsBeside(box)) field.type = box.checked ? "text" : "password";
    });
    // A browser keeps what was typed into a text field.
    box.form.addEventListener("submit", () => {
      for (const field of passwordsBeside(box)) field.type = "password";
    });
  }
})();
