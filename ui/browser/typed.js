// Texts: sent after a short pause, their copy forgotten once the server has said it keeps that very text. A text that
// meanwhile was changed elsewhere is offered, never put back unasked.
(() => {
  const { read, write, drop, offer, mark } = window.piao;
  const PAUSE = 500, PREFIX = window.piao.own("testo"), AREA = '[data-testid="stTextArea"] textarea';
  const FORM = '[data-testid="stForm"]';
  const FIELD = `${AREA}, [data-testid="stTextInput"] input:not([type="password"])`;
  const MOST = 400;
  // By field: its pause; the text its typing began from; the marks of all texts typed since, any of which may have been saved.
  const timers = new WeakMap(), first = new WeakMap(), trails = new WeakMap(), seen = new WeakMap();
  const pending = new Map();  // name of the copy -> its field
  const left = new Map();  // field without receipts -> where the connection stood when it was left
  let kept = {}, place = null;  // what the server says it keeps; the field that has the cursor, with its name

  // The widget's key. The part that changes at each load of the page is no part of the copy's name; fields without a key are
  // known by their page and label.
  const keyOf = (field) => {
    const box = field.closest('[class*="st-key-"]');
    return box ? [...box.classList].find((one) => one.startsWith("st-key-")).slice(7) : null;
  };
  const nameOf = (field) => {
    const key = keyOf(field);
    return PREFIX + (key !== null ? key.replace(/-m[0-9a-f]{8}(?=-|$)/, "")
      : `${location.pathname}${location.search}:${field.getAttribute("aria-label")}`);
  };
  const send = (field) => {
    if (field.closest(FORM)) return;  // a form is sent by its button alone
    field.dispatchEvent(new KeyboardEvent("keydown", {
      key: "Enter", code: "Enter", keyCode: 13, which: 13, ctrlKey: true, bubbles: true, cancelable: true }));
  };
  const markOf = (text) => {
    let one = 5381, other = 52711;
    for (let i = 0; i < text.length; i += 1) {
      one = Math.imul(one ^ text.charCodeAt(i), 2654435761);
      other = Math.imul(other ^ text.charCodeAt(i), 1597334677);
    }
    return `${(one >>> 0).toString(36)}.${(other >>> 0).toString(36)}`;
  };
  const put = (field, text) => {
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const done = (name, field, text) => {
    first.set(field, text);
    trails.delete(field);
    pending.delete(name);
    drop(name);
  };

  // A copy goes when the server says that it keeps that text.
  const settle = () => pending.forEach((field, name) => {
    const copy = read(name), key = keyOf(field);
    if (copy && field.isConnected && key !== null && Object.hasOwn(kept, key) && kept[key] === copy.text) done(name, field, copy.text);
  });
  window.piao.listeners.add((told) => { kept = told; settle(); });
  // Fields of which the server says nothing (searches, dialogs): left, sent, and a run finished afterwards on the same connection,
  // even if that run took the field away. Those of a form are sent by its button.
  setInterval(() => left.forEach((at, field) => {
    if (at.line !== window.piao.line() || (field.value !== at.text && !at.form)) left.delete(field);
    else if (window.piao.finished() > at.finished) {
      left.delete(field);
      if (read(at.name)?.text === at.text) done(at.name, field, field.value);
    }
  }), 200);
  const sentWith = (field, form) => left.set(field, {
    name: nameOf(field), text: field.value, form, line: window.piao.line(), finished: window.piao.finished() });
  const leave = (field) => {
    if (!Object.hasOwn(kept, keyOf(field) ?? "") && !field.closest(FORM)) sentWith(field, false);
  };
  const submitted = (form) => form?.querySelectorAll(FIELD).forEach((field) => { if (pending.has(nameOf(field))) sentWith(field, true); });
  document.addEventListener("click", ({ target }) => submitted(target.closest?.('[data-testid="stFormSubmitButton"]')?.closest(FORM)), true);
  document.addEventListener("keydown", (event) => {
    if (event.isTrusted && event.key === "Enter" && (event.ctrlKey || event.target.tagName === "INPUT")) submitted(event.target.closest?.(FORM));
  }, true);
  // What was unmounted with its page is no longer on its way; its copy stays.
  window.piao.waiting.add(() => {
    pending.forEach((field, name) => { if (!field.isConnected && window.piao.quiet()) pending.delete(name); });
    return [...pending.values()].some((field) => !field.closest(FORM));
  });
  window.piao.resend.add(() => pending.forEach((field) => { if (field.isConnected) send(field); }));

  document.addEventListener("focusin", ({ target }) => {
    place = target.matches?.(FIELD) ? { field: target, name: nameOf(target) } : null;
    if (place && !pending.has(place.name)) first.set(target, target.value);
  });
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.(FIELD)) return;
    const name = nameOf(target), trail = [...(trails.get(target) ?? []), markOf(target.value)].slice(-MOST);
    trails.set(target, trail);
    write(name, { text: target.value, base: first.get(target) ?? "", trail, at: Date.now() });
    pending.set(name, target);
    mark();
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(() => {
      settle();
      if (target.isConnected && target.matches(AREA)) { send(target); leave(target); }
    }, PAUSE));
  });
  document.addEventListener("focusout", ({ target }) => {
    if (!target.matches?.(FIELD)) return;
    if (pending.has(nameOf(target))) leave(target);
    plan(30);
    setTimeout(() => { if (place?.field === target && target.isConnected && !target.disabled) place = null; });
  });

  const giveBack = (field, name, copy) => {
    if (copy.text === field.value) return drop(name);
    if (field.value === copy.base || copy.trail?.includes(markOf(field.value))) {
      trails.set(field, copy.trail);
      put(field, copy.text);
      return send(field);
    }
    const words = `«${field.getAttribute("aria-label") || ""}»: qui c'è un testo scritto il ${new Date(copy.at).toLocaleString("it-IT")} `
      + "e non salvato, ma nel frattempo il campo è cambiato. ";
    offer(name, words, () => { put(field, copy.text); send(field); field.focus(); }, () => drop(name));
  };
  // A lost connection disables the fields, another load mounts them anew: the cursor goes back where it was.
  const backTo = (field) => {
    if (document.activeElement !== document.body || field.disabled) return;
    const { selectionStart, selectionEnd } = place.field;
    field.focus();
    field.setSelectionRange(selectionStart, selectionEnd);
  };
  setInterval(() => { if (place?.field.isConnected) backTo(place.field); }, 300);
  // Mounted, a field is empty for a moment before it shows what the server gave it: what it holds counts once the server has said
  // the same, or nothing runs any more and it has not changed since the last look.
  const shows = new WeakMap();
  const given = (field, key) => {
    if (Object.hasOwn(kept, key) && kept[key] === field.value) return true;
    const before = shows.get(field), now = window.piao.quiet() ? field.value : null;
    shows.set(field, now);
    return now !== null && before === now;
  };
  // A field mounted anew (another load of the same page) takes back its copy, and the cursor if it had it. False: look again soon;
  // what is switched off, or has the cursor, is looked at when that ends.
  const look = (field) => {
    const key = keyOf(field) ?? "";
    if (seen.get(field) === key) return true;
    if (!window.piao.settled() || field.disabled || document.activeElement === field) return true;
    if (pending.get(nameOf(field)) === field && read(nameOf(field))?.text === field.value) {
      seen.set(field, key);  // typed here before anybody looked: on its way as any other text
      return true;
    }
    if (!given(field, key)) return false;
    seen.set(field, key);
    first.set(field, field.value);
    trails.delete(field);
    const name = nameOf(field), copy = window.piao.adopt(name);
    pending.delete(name);
    if (copy) giveBack(field, name, copy);
    if (place?.name === name) backTo(field);
    return true;
  };
  let planned = false;
  const plan = (pause) => {
    if (planned) return;
    planned = true;
    setTimeout(lookAround, pause);
  };
  const lookAround = () => {
    planned = false;
    if (![...document.querySelectorAll(FIELD)].map(look).every(Boolean)) plan(100);
  };
  window.piao.ready.then(lookAround);
  new MutationObserver(() => plan(30)).observe(document.documentElement, { subtree: true, childList: true, attributeFilter: ["disabled"] });
})();
