/* Ctrl + Enter in the turn of one person: in a remark it goes to the next remark, in the
   comment of the committee it records the turn. Without this file there are the buttons. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-turn]");
  if (!form) return;

  const textOf = (item) => item.querySelector("textarea");

  const toNextRemark = (item) => {
    const next = item.nextElementSibling;
    if (next) textOf(next).focus();
    else if (textOf(item).value.trim()) form.querySelector("[data-add-item]")?.click();
  };

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    const item = event.target.closest("[data-item]");
    if (item) toNextRemark(item);
    else if (event.target.name === "answer") form.elements.comment.focus();
    else form.requestSubmit(form.querySelector("button.btn-primary"));
  });
})();
