// What a person types is sent after a short pause, and kept in this browser until the server has it: a reload, a lost
// connection or a server that stops lose no words. A text that meanwhile was changed elsewhere is offered, never put back unasked.
(() => {
  const PAUSE = 500, PREFIX = "piao:testo:", DAYS = 30, AREA = '[data-testid="stTextArea"] textarea';
  const FIELD = `${AREA}, [data-testid="stTextInput"] input:not([type="password"])`;
  const timers = new WeakMap(), first = new WeakMap(), gone = new WeakMap();  // gone: the text last sent

  // The widget's key without the number that changes at every load of the card; the page keeps fields without a key apart.
  const nameOf = (field) => {
    const box = field.closest('[class*="st-key-"]');
    const key = box && [...box.classList].find((one) => one.startsWith("st-key-"));
    return PREFIX + (key ? key.replace(/^(st-key-[0-9a-f]{12})-\d+-/, "$1-")
      : `${location.pathname}${location.search}:${field.getAttribute("aria-label")}`);
  };
  const read = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const write = (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* full: the pause still saves */ } };
  const drop = (name) => { try { localStorage.removeItem(name); } catch { /* nothing to drop */ } };

  const send = (field) => field.dispatchEvent(new KeyboardEvent("keydown", {
    key: "Enter", code: "Enter", keyCode: 13, which: 13, ctrlKey: true, bubbles: true, cancelable: true }));
  const put = (field, text) => {
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const app = () => document.querySelector('[data-testid="stApp"]');
  const quiet = () => app()?.dataset.testConnectionState === "CONNECTED" && app()?.dataset.testScriptState === "notRunning";

  // Forget a text once the server has run with it: after the sending, connected and at rest twice in a row.
  const settle = (name, field, calm = 0) => setTimeout(() => {
    const kept = read(name);
    if (!kept || kept.text !== field.value) return;
    if (calm >= 2) { first.set(field, field.value); return drop(name); }
    settle(name, field, quiet() ? calm + 1 : 0);
  }, 400);

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(FIELD)) first.set(target, target.value);
  });
  document.addEventListener("input", ({ target }) => {
    if (!target.matches?.(FIELD)) return;
    const name = nameOf(target);
    write(name, { text: target.value, base: first.get(target) ?? "", sent: gone.get(target) ?? null, at: Date.now() });
    clearTimeout(timers.get(target));
    timers.set(target, setTimeout(() => {
      if (target.matches(AREA) && target.isConnected) { gone.set(target, target.value); send(target); }
      settle(name, target);
    }, PAUSE));
  });
  document.addEventListener("focusout", ({ target }) => {
    if (target.matches?.(FIELD) && read(nameOf(target))) settle(nameOf(target), target);
  });

  const offer = (field, name, kept) => {
    if (field.closest("[data-piao-offer]") || document.getElementById(name)) return;
    const bar = document.createElement("div");
    bar.id = name;
    bar.className = "piao-offer";
    bar.setAttribute("role", "status");
    const label = field.getAttribute("aria-label") || "";
    bar.append(`«${label}»: qui c'è un testo scritto il ${new Date(kept.at).toLocaleString("it-IT")} e non salvato, ma nel frattempo il campo è cambiato. `);
    const button = (words, act) => {
      const one = document.createElement("button");
      one.type = "button";
      one.textContent = words;
      one.addEventListener("click", () => { act(); bar.remove(); });
      bar.append(one);
    };
    button("Riprendi il mio testo", () => { put(field, kept.text); field.focus(); });
    button("Lascia com'è", () => drop(name));
    document.body.append(bar);
  };
  const seen = new WeakSet();
  const look = (field) => {
    if (seen.has(field) || field.disabled || document.activeElement === field) return;
    seen.add(field);
    first.set(field, field.value);
    const name = nameOf(field), kept = read(name);
    if (!kept) return;
    if (kept.text === field.value || Date.now() - kept.at > DAYS * 86400000) return drop(name);
    if (field.value === kept.base || field.value === kept.sent) { put(field, kept.text); send(field); } else offer(field, name, kept);
  };
  let planned = false;
  new MutationObserver(() => {
    if (planned) return;
    planned = true;
    setTimeout(() => { planned = false; document.querySelectorAll(FIELD).forEach(look); }, 150);
  }).observe(document.documentElement, { subtree: true, childList: true });
})();
