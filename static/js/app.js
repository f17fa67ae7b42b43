/* Only what htmx and plain HTML cannot do. Every page works without this file.
   Listeners sit on the document, so they also serve what htmx swaps in. */
(() => {
  "use strict";

  const root = document.documentElement;

  // ---- Back, after somebody else has logged in --------------------------
  // The browser fills in again what was typed there: only for whoever typed it.

  const { account } = root.dataset;
  const typist = history.state?.typist;
  if (account && typist && typist !== account) {
    history.replaceState(null, "");
    location.replace(location.href);
  } else if (account) {
    history.replaceState({ ...history.state, typist: account }, "");
  }

  // ---- What draft.js keeps on this device --------------------------------
  // Of whoever is logged in alone, at most seven days, and not past the log-out.

  const DRAFT_DAYS = 7;

  const forgetDrafts = (isForgotten) => {
    try {
      for (const name of Object.keys(localStorage)) {
        if (name.startsWith("draft:") && isForgotten(name)) localStorage.removeItem(name);
      }
    } catch {
      // storage is switched off: nothing was kept
    }
  };

  const isOld = (name) => {
    const { day } = JSON.parse(localStorage.getItem(name));
    return Date.now() - Date.parse(day) > DRAFT_DAYS * 86_400_000;
  };

  if (account) {
    forgetDrafts((name) => !name.startsWith(`draft:${account}:`) || isOld(name));
  }

  const forgetAtLogOut = ({ target, submitter }) => {
    const leaves = submitter?.matches("[data-log-out]") || target.matches("[data-log-out]");
    if (leaves) forgetAll();
  };

  // What is still on its way to the server must not be kept again when it fails.
  const forgetAll = () => {
    document.dispatchEvent(new Event("drafts-forgotten"));
    forgetDrafts(() => true);
    try {
      localStorage.setItem("drafts-forgotten", String(Date.now())); // other windows hear it
    } catch {
      // storage is switched off: nothing was kept
    }
  };

  // ---- Text size -------------------------------------------------------
  // Runs in the head, before the first paint; kept on this machine only.

  const SIZE_KEY = "text-size";
  const SIZES = ["small", "normal", "large"];

  const storedSize = () => {
    try {
      const size = localStorage.getItem(SIZE_KEY);
      return SIZES.includes(size) ? size : "normal";
    } catch {
      return "normal"; // storage is switched off: the choice lasts for this page
    }
  };

  const showSize = (size) => {
    root.dataset.textSize = size;
    for (const button of document.querySelectorAll("[data-set-text-size]")) {
      button.setAttribute("aria-pressed", String(button.dataset.setTextSize === size));
    }
  };

  const chooseSize = (size) => {
    showSize(size);
    try {
      localStorage.setItem(SIZE_KEY, size);
    } catch {
      // as above
    }
    markScrollable();
  };

  showSize(storedSize());

  // ---- Tables larger than the screen -----------------------------------
  // A region that scrolls gets a place in the tab order and a line of words.

  const markScrollable = () => {
    for (const region of document.querySelectorAll("[data-scroll-region]")) {
      const isWider = region.scrollWidth > region.clientWidth + 1;
      const overflows = isWider || region.scrollHeight > region.clientHeight + 1;
      region.toggleAttribute("tabindex", overflows);
      if (overflows) region.tabIndex = 0;
      const hint = region.previousElementSibling;
      if (hint?.matches("[data-scroll-hint]")) hint.hidden = !isWider;
    }
  };

  // ---- A file that is chosen: its size, too large or not ---------------

  const KILOBYTE = 1024;
  const MEGABYTE = KILOBYTE * KILOBYTE;

  const sizeInWords = (bytes) => {
    const [unit, name] = bytes < MEGABYTE ? [KILOBYTE, "KB"] : [MEGABYTE, "MB"];
    const digits = { maximumFractionDigits: unit === MEGABYTE ? 1 : 0 };
    return `${Math.max(bytes / unit, 1).toLocaleString(root.lang, digits)} ${name}`;
  };

  const showFile = (input) => {
    const drop = input.closest("[data-max-bytes]");
    if (!drop) return;
    const file = input.files[0];
    const note = drop.querySelector("[data-file-note]");
    const tooLarge = Boolean(file) && file.size > Number(drop.dataset.maxBytes);
    const text = !file
      ? ""
      : tooLarge
        ? drop.dataset.tooLarge
        : sizeInWords(file.size);
    note.textContent = text;
    note.hidden = !file;
    drop.classList.toggle("is-too-large", tooLarge);
    input.setCustomValidity(tooLarge ? text : "");
  };

  // ---- A form is sent once ---------------------------------------------

  const sendOnce = (event) => {
    const form = event.target;
    if (form.method !== "post" || form.matches("[data-lock] *, [data-passkey]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    // After this turn, so that the pressed button's own value still travels.
    setTimeout(() => setButtons(form, true));
  };

  const setButtons = (form, disabled) => {
    for (const button of form.querySelectorAll("button")) button.disabled = disabled;
  };

  // The browser may show this page again from memory, as it was left.
  const unlockForms = () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      setButtons(form, false);
    }
  };

  // ---- Passkeys: the browser makes one, or signs with one ----------------

  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) =>
      each.charCodeAt(0),
    );

  const toText = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");

  // Browsers of offices are old: few know the functions that do this by themselves.
  const questionOf = (form) => {
    const { publicKey } = JSON.parse(form.dataset.question);
    const known = (key) => ({ ...key, id: toBytes(key.id) });
    publicKey.challenge = toBytes(publicKey.challenge);
    if (publicKey.user) publicKey.user.id = toBytes(publicKey.user.id);
    publicKey.excludeCredentials = publicKey.excludeCredentials?.map(known) ?? [];
    publicKey.allowCredentials = publicKey.allowCredentials?.map(known) ?? [];
    return { publicKey };
  };

  const answerOf = ({ id, rawId, type, response }) => {
    const said = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]) {
      if (response[name]) said[name] = toText(response[name]);
    }
    return JSON.stringify({ id, rawId: toText(rawId), type, response: said });
  };

  const askForPasskey = async (event) => {
    const form = event.target;
    if (!form.matches("[data-passkey]")) return;
    event.preventDefault();
    try {
      const credential = await navigator.credentials[form.dataset.passkey](questionOf(form));
      form.elements.answer.value = answerOf(credential);
      HTMLFormElement.prototype.submit.call(form);
    } catch {
      form.querySelector("[data-passkey-error]").hidden = false;
    }
  };

  // ---- What stands behind # of a slip's address ---------------------------
  // Browsers keep it to themselves; once it is in the form it leaves the address.

  const fillFromAddress = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    const fields = document.querySelectorAll("input[data-from-address]");
    const filled = [...fields].filter((field) => given.has(field.name));
    if (!filled.length) return;
    for (const field of filled) field.value = given.get(field.name);
    history.replaceState(history.state, "", location.pathname);
    document.querySelector('input[type="password"]').focus();
  };

  // ---- The menus of the head close as menus do -----------------------------

  const closeMenus = (event) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (event.type === "keydown") {
        menu.open = false;
        menu.querySelector("summary").focus();
      } else if (!menu.contains(event.target)) {
        menu.open = false;
      }
    }
  };

  // ---- htmx: the line fails, the session ends --------------------------

  const showConnection = (lost) => {
    for (const notice of document.querySelectorAll("[data-connection-lost]")) {
      notice.hidden = !lost;
    }
  };

  // What was asked for while the line was gone is asked for again until it comes;
  // a fragment that polls does so by itself.
  const ASK_AGAIN_AFTER_MS = 3000;
  let nextTry;

  const askAgain = ({ detail: { elt, requestConfig } }) => {
    clearTimeout(nextTry);
    if (elt.matches('[hx-trigger^="every"]')) return;
    const ask = () => htmx.ajax(requestConfig.verb, requestConfig.path, { source: elt });
    // A failure is an event of its own, which leads here again.
    nextTry = setTimeout(() => ask().catch(() => {}), ASK_AGAIN_AFTER_MS);
  };

  // A fragment that was answered by another page (the log-in page after a long
  // pause) must not be put into the middle of this one.
  const refuseOtherPage = (event) => {
    const { xhr, requestConfig } = event.detail;
    const asked = new URL(requestConfig.path, location.href).pathname;
    if (xhr.responseURL && new URL(xhr.responseURL).pathname !== asked) {
      event.detail.shouldSwap = false;
      location.reload();
    }
  };

  // ---- A page that nobody touches locks, and opens where it was ---------
  // The server locks the session after the same time, with or without this.

  const CHECK_EVERY_MS = 1000;
  const SAY_USE_EVERY_MS = 120_000;
  let touchedAt = Date.now();
  let saidUseAt = Date.now();

  const theLock = () => document.querySelector("[data-lock]");

  const lock = () => {
    const dialog = theLock();
    if (!dialog || dialog.open) return;
    root.classList.add("is-locked");
    dialog.showModal();
  };

  // Nobody else's page stays readable: one whose account has gone locks at once.
  const sayUse = async () => {
    saidUseAt = Date.now();
    try {
      const answer = await fetch(theLock().dataset.lockUse, { redirect: "manual" });
      if (answer.status !== 204) lock();
    } catch {
      // The line is lost: the page goes on, and locks by its own clock.
    }
  };

  const lockInTime = () => {
    const dialog = theLock();
    if (dialog && Date.now() - touchedAt >= Number(dialog.dataset.lock) * 1000) lock();
  };

  const touch = () => {
    if (!theLock() || theLock().open) return;
    lockInTime(); // a machine that slept wakes up with a touch
    touchedAt = Date.now();
    if (touchedAt - saidUseAt >= SAY_USE_EVERY_MS) sayUse();
  };

  const unlock = async (event) => {
    const form = event.target;
    const dialog = form.closest("[data-lock]");
    if (!dialog || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    const wrong = dialog.querySelector("[data-lock-error]");
    try {
      const body = new FormData(form);
      const answer = await fetch(form.action, { method: "POST", body });
      wrong.textContent = answer.ok ? "" : await answer.text();
      if (answer.ok) reopen(dialog);
      if (answer.status === 410) sendLate();
    } catch {
      wrong.textContent = dialog.querySelector("[data-lock-offline]").textContent;
    }
    wrong.hidden = !wrong.textContent;
    form.elements.old.value = "";
  };

  const reopen = (dialog) => {
    touchedAt = saidUseAt = Date.now();
    root.classList.remove("is-locked");
    dialog.close();
  };

  // The session has ended: the server keeps what was being written until the log-in.
  const sendLate = () => {
    const form = [...document.querySelectorAll("main form")].find(
      (each) => each.method === "post" && each.dataset.written,
    );
    if (form) HTMLFormElement.prototype.submit.call(form);
    else location.reload();
  };

  document.addEventListener("input", (event) => {
    if (event.target.form) event.target.form.dataset.written = "yes";
  });
  for (const kind of ["input", "keydown", "pointerdown"]) {
    document.addEventListener(kind, touch, { passive: true });
  }
  document.addEventListener("submit", forgetAtLogOut);
  document.addEventListener("submit", unlock);
  document.addEventListener("submit", askForPasskey);
  // Escape closes a dialog; this one opens by the password alone.
  document.addEventListener("cancel", (event) => {
    if (event.target.matches("[data-lock]")) event.preventDefault();
  }, true);
  document.addEventListener("close", (event) => {
    if (event.target.matches("[data-lock]") && root.matches(".is-locked")) {
      event.target.showModal();
    }
  }, true);
  document.addEventListener("visibilitychange", lockInTime);
  setInterval(lockInTime, CHECK_EVERY_MS);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set-text-size]");
    if (button) chooseSize(button.dataset.setTextSize);
    if (event.target.closest("[data-print]")) window.print();
    closeMenus(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus(event);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches('input[type="file"]')) showFile(event.target);
  });
  document.addEventListener("submit", sendOnce);
  document.addEventListener("htmx:sendError", (event) => {
    showConnection(true);
    askAgain(event);
  });
  document.addEventListener("htmx:afterOnLoad", () => {
    showConnection(false);
    clearTimeout(nextTry);
  });
  document.addEventListener("htmx:beforeSwap", refuseOtherPage);
  document.addEventListener("htmx:afterSettle", markScrollable);
  document.addEventListener("DOMContentLoaded", () => {
    for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
    showSize(storedSize());
    markScrollable();
    fillFromAddress();
  });
  window.addEventListener("hashchange", fillFromAddress);
  document.addEventListener("toggle", markScrollable, true); // it does not bubble
  window.addEventListener("resize", markScrollable);
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    unlockForms();
    if (theLock()) sayUse();
  });
})();
