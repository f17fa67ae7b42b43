/* A long form that saves itself. Without this file it is saved by its buttons.
   What the server has not taken (the line is down, or hangs; it does not fit; another
   device has written) is kept on the device, encrypted under a key that the server gives
   to a live session of the same account only. app.js wipes it at log-out and after seven
   days. */
(() => {
  "use strict";

  const SAVE_AFTER_MS = 2000; // from the first change on, not from the last
  const KEEP_AFTER_MS = 700;
  const TRY_AGAIN_AFTER_MS = 4000;
  const ANSWERED_WITHIN_MS = 2000; // then the line counts as lost, though it may yet answer
  const GIVEN_UP_AFTER_MS = 20_000;
  const LEFT_OUT = new Set(["csrfmiddlewaretoken", "do", "once"]);
  const { lang, dataset: page } = document.documentElement;

  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const state = form.querySelector("[data-draft-state]");
  const said = form.dataset;
  const VERSION = said.draftVersion ?? "version"; // the field that says which draft was shown
  const isBoth = "draftBoth" in said; // two texts: only a button decides between them

  // ---- What is typed -----------------------------------------------------

  const typed = () =>
    [...new FormData(form)].filter(([name]) => !LEFT_OUT.has(name));

  const wordsOf = (fields) =>
    JSON.stringify(fields.filter(([name]) => ![VERSION, "version", "opened"].includes(name)));

  // What was typed before this ran, or filled in again by the browser, is not saved yet.
  const isUntouched = [...form.elements].every((field) =>
    field.options
      ? [...field.options].every((each) => !each.defaultSelected || each.selected)
      : field.type === "hidden" || field.value === (field.defaultValue ?? field.value),
  );

  let saved = isUntouched ? wordsOf(typed()) : null;
  let isLost = false; // the line: what is typed is kept here meanwhile
  let isStopped = isBoth; // another device has written, or nothing more is taken
  let isUnfit = false; // the server said what does not fit, and took nothing
  let inFlight = null;
  let unanswered = null; // what was sent, and perhaps came: it is sent again as it was
  let timer;

  const show = (text, kind = "") => {
    if (state.textContent !== text) state.textContent = text;
    state.className = kind;
  };

  const clock = () =>
    new Date().toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit", hour12: false });

  // ---- Kept on the device ------------------------------------------------

  const KEPT = `draft:${page.account}:${said.draft}`;
  let key; // { day, crypto }; null where the server gives none
  let isForgotten = false; // after the log-out, here or in another window

  const deviceName = () => {
    const known = localStorage.getItem("draft-device");
    if (known) return known;
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const made = [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
    localStorage.setItem("draft-device", made);
    return made;
  };

  const keptHere = () => {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null; // storage is switched off
    }
  };

  // What an earlier page kept is neither dropped nor written over before it is read.
  let mine = keptHere();
  let isUnread = mine !== null;
  let era = 0; // counts what was dropped: what was sealed before does not come back

  // Null where there is no key any more; undefined while nobody answers.
  const askForKey = async (day) => {
    const query = new URLSearchParams({ device: deviceName(), day });
    const signal = AbortSignal.timeout(GIVEN_UP_AFTER_MS);
    let answer;
    try {
      answer = await fetch(`${said.draftKey}?${query}`, { redirect: "manual", signal });
    } catch {
      return undefined;
    }
    if (answer.status === 404) return null;
    if (!answer.ok) return undefined;
    return answer.json();
  };

  const fetchKey = async (day) => {
    const answer = await askForKey(day);
    if (!answer) return answer;
    const raw = toBytes(answer.key);
    return { day, crypto: await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]) };
  };

  // The day in Vietnam, by which the server counts.
  const today = () =>
    new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());

  const toText = (bytes) => btoa(Array.from(bytes, (each) => String.fromCharCode(each)).join(""));
  const toBytes = (text) => Uint8Array.from(atob(text), (each) => each.charCodeAt(0));

  // Between two texts only a button decides: what is kept of them comes back as two.
  const toBeKept = () =>
    isBoth
      ? typed().map(([name, value]) => [name, name === VERSION ? String(Math.max(0, value - 1)) : value])
      : typed();

  const keep = async () => {
    if (!key || isUnread) return false;
    const before = era;
    try {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = new TextEncoder().encode(JSON.stringify({ fields: toBeKept(), unanswered }));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key.crypto, text);
      const kept = { day: key.day, iv: toText(iv), text: toText(new Uint8Array(sealed)) };
      if (isForgotten || era !== before) return false;
      mine = JSON.stringify(kept);
      localStorage.setItem(KEPT, mine);
      return true;
    } catch {
      return false; // no room, or storage is switched off
    }
  };

  const drop = () => {
    era += 1;
    if (isUnread || (keptHere() !== mine && !isForgotten)) return; // another window's
    try {
      localStorage.removeItem(KEPT);
    } catch {
      // then there is nothing to drop
    }
  };

  // Null where nothing is kept that can be read, undefined while its key does not come.
  const readKept = async () => {
    const kept = JSON.parse(keptHere() ?? "null");
    if (!kept) return null;
    const old = kept.day === key?.day ? key : await fetchKey(kept.day);
    if (!old) return old;
    const iv = toBytes(kept.iv);
    const text = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, old.crypto, toBytes(kept.text));
    return JSON.parse(new TextDecoder().decode(text));
  };

  // ---- Items: one more, one less -----------------------------------------

  let nextItem = Math.max(-1, ...[...form.querySelectorAll("[data-item]")].map((each) => Number(each.dataset.item))) + 1;

  const addItem = (section, at = nextItem) => {
    const fieldset = form.querySelector(`[data-section="${CSS.escape(section)}"]`);
    const template = fieldset?.querySelector("template");
    if (!template) return null;
    const holder = document.createElement("div");
    holder.append(template.content.cloneNode(true));
    holder.innerHTML = holder.innerHTML.replaceAll("9999", String(at));
    const item = holder.firstElementChild;
    fieldset.querySelector("[data-items]").append(item);
    nextItem = Math.max(nextItem, at + 1);
    return item;
  };

  const fill = (fields) => {
    for (const item of form.querySelectorAll("[data-item], [data-items] [data-taken-out]")) item.remove();
    const values = new Map(fields);
    for (const [name, section] of values) {
      const found = /^item-(\d+)-section$/.exec(name);
      if (found) addItem(section, Number(found[1]));
    }
    for (const [name, value] of values) {
      const field = form.elements[name];
      if (field) field.value = value;
    }
  };

  // ---- Saved at the server -----------------------------------------------

  const lost = async (text) => {
    isLost = true;
    const before = era;
    const isKept = await keep();
    if (era !== before) return false; // it was answered meanwhile
    show(isKept ? text : said.notKept, "is-waiting");
    again(TRY_AGAIN_AFTER_MS);
    return false;
  };

  const stop = (text) => {
    isStopped = true;
    keep();
    show(text, "is-stopped");
    return false;
  };

  // Whoever logged in again, in another window, has another token than this page.
  const renewToken = async () => {
    const answer = await askForKey(today());
    if (answer) form.elements.csrfmiddlewaretoken.value = answer.token;
  };

  const settle = async (answer, words) => {
    unanswered = null;
    if (answer.status === 204) {
      form.elements[VERSION].value = answer.headers.get("Draft-Version");
      saved = words;
      const isMore = wordsOf(typed()) !== saved;
      if (isMore && isLost) await keep();
      else drop();
      isLost = isUnfit = false;
      show(`${said.saved} ${clock()}`);
      if (isMore) again(SAVE_AFTER_MS);
      return true;
    }
    if (answer.status === 409 || answer.status === 422) isLost = false;
    if (answer.status === 409) return stop(said.changed);
    if (answer.status === 422) {
      isUnfit = true;
      keep();
      show(await answer.text(), "is-stopped");
      return false;
    }
    if (answer.status === 403) await renewToken();
    // A redirect is the log-in page; anything else passes by itself.
    return lost(answer.type === "opaqueredirect" ? said.ended : said.kept);
  };

  const bodyOf = (fields) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const [name, value] of fields) body.append(name, value);
    return body;
  };

  const ask = (fields) => {
    const isShort = wordsOf(fields).length < 15_000; // what may outlive the page
    const signal = AbortSignal.timeout(GIVEN_UP_AFTER_MS);
    const body = bodyOf(fields);
    return fetch(said.draft, { method: "POST", body, redirect: "manual", keepalive: isShort, signal });
  };

  const send = async (isAsked) => {
    const fields = unanswered ?? typed();
    const words = wordsOf(fields);
    if (words === saved && !isLost && !isAsked) return true;
    if (!isLost) show(said.saving);
    unanswered = fields;
    const hanging = setTimeout(() => lost(said.kept), ANSWERED_WITHIN_MS);
    try {
      const answer = await ask(fields);
      clearTimeout(hanging);
      return await settle(answer, words);
    } catch {
      return lost(said.kept);
    } finally {
      clearTimeout(hanging);
    }
  };

  // One at a time, in the order in which it was typed.
  const save = async (isAsked = false) => {
    clearTimeout(timer);
    timer = null;
    if (isStopped && !isAsked) return false;
    while (inFlight) await inFlight;
    inFlight = send(isAsked);
    try {
      return await inFlight;
    } finally {
      inFlight = null;
    }
  };

  const saveAll = async () => {
    let isSaved = await save(true);
    while (isSaved && wordsOf(typed()) !== saved) isSaved = await save(true);
    return isSaved;
  };

  const again = (wait) => {
    timer ??= setTimeout(() => save(), wait);
  };

  let keeping = null;
  const changed = () => {
    if (isStopped || isLost || isUnfit) keeping ??= setTimeout(() => { keeping = null; keep(); }, KEEP_AFTER_MS);
    if (!isStopped) again(SAVE_AFTER_MS);
  };

  // What was typed into an item that is taken out comes back by one press: a thumb
  // meets a button more easily than it means to.
  const takeOut = (item) => {
    const text = item.querySelector("textarea").value.trim();
    const next = item.closest("[data-section]").querySelector("[data-add-item]");
    if (text) {
      const line = document.createElement("p");
      const back = document.createElement("button");
      line.className = "notice";
      line.dataset.takenOut = "";
      line.append(`${form.dataset.takenOut} “${text}” `, back);
      Object.assign(back, { type: "button", className: "btn btn-outline-secondary", textContent: form.dataset.putBack });
      back.addEventListener("click", () => {
        line.replaceWith(item);
        item.querySelector("textarea").focus();
        changed();
      });
      item.replaceWith(line);
      back.focus();
    } else {
      item.remove();
      next.focus();
    }
    changed();
  };

  // ---- What people do ----------------------------------------------------

  form.addEventListener("input", changed);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-add-item]")) {
      event.preventDefault();
      addItem(button.value.split(":")[1])?.querySelector("textarea").focus();
      changed();
    } else if (button?.matches("[data-remove-item]")) {
      event.preventDefault();
      takeOut(button.closest("[data-item]"));
    }
  });

  // A button leaves the page only once the server has everything, and answers.
  let goesOn = false;
  form.addEventListener("submit", async (event) => {
    if (goesOn) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    const isSaved = await saveAll();
    if (!isSaved && isLost) return; // it says so, and nothing is gone
    goesOn = true;
    form.requestSubmit(submitter);
  });

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && wordsOf(typed()) !== saved) save();
  });
  window.addEventListener("online", () => save());
  window.addEventListener("pageshow", () => { goesOn = false; });

  const forget = () => {
    isForgotten = true;
    isUnread = false;
    drop();
  };
  document.addEventListener("drafts-forgotten", forget);
  window.addEventListener("storage", (event) => {
    if (event.key === "drafts-forgotten") forget();
  });

  // ---- Where one left off ------------------------------------------------

  const takeUp = async () => {
    if (!isUnread) return true;
    const kept = isBoth ? null : await readKept();
    if (kept === undefined) return false;
    if (kept && saved !== null && wordsOf(typed()) !== saved && !(await save())) return false;
    isUnread = false;
    if (!kept) return true;
    unanswered = kept.unanswered;
    fill(kept.fields); // with its version: if the server has a later one, both are shown
    await saveAll();
    return true;
  };

  const begin = async () => {
    if (!crypto.subtle || isForgotten) return; // no secure address: this device keeps nothing
    try {
      key ??= await fetchKey(today());
      if (key !== undefined && (await takeUp())) return;
      setTimeout(begin, TRY_AGAIN_AFTER_MS); // a line that comes and goes
    } catch {
      isUnread = false;
      drop(); // kept by another session long ago: nobody can read it any more
    }
  };

  begin().finally(() => {
    form.dataset.ready = "yes";
    if (saved === null) changed();
  });
})();
