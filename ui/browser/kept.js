// What a person types is kept in this browser until the server says that it has it: a reload, a lost connection or a server
// that stops lose nothing. Here: the copies, the connection, and the mark that says whether something is still on its way.
// The server's word comes through the small component of ui/receipts.py; nothing else makes the browser forget a copy.
window.piao = (() => {
  const PREFIX = "piao:", DAYS = 30;
  const read = (name) => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const write = (name, value) => { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* full: the server still saves */ } };
  const drop = (name) => { try { localStorage.removeItem(name); } catch { /* nothing to drop */ } };
  const names = (start) => { try { return Object.keys(localStorage).filter((name) => name.startsWith(start)); } catch { return []; } };
  names(PREFIX).forEach((name) => { if (Date.now() - (read(name)?.at ?? 0) > DAYS * 86400000) drop(name); });

  // Each load of the page in a tab has copies of its own: two tabs never write over, put back or drop each other's. Those of a load
  // that is no more (closed, reloaded, lost) are there for whoever opens the same field; the tabs tell each other that they live.
  const me = [...crypto.getRandomValues(new Uint8Array(4))].map((one) => one.toString(16).padStart(2, "0")).join("");
  const alive = new Set(), ANSWERS = 300, OWNED = /^(piao:[a-z]+:)(?:([0-9a-f]{8})\|)?(.*)$/s;
  const channel = window.BroadcastChannel ? new BroadcastChannel("piao") : null;
  const say = (word) => channel?.postMessage({ word, who: me });
  channel?.addEventListener("message", ({ data: { word, who } }) => {
    if (word === "bye") alive.delete(who); else alive.add(who);
    if (word === "hello") say("here");
  });
  window.addEventListener("pagehide", () => say("bye"));
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) say("hello"); });
  say("hello");
  let settled = !channel;
  const ready = new Promise((done) => { setTimeout(() => { settled = true; done(); }, channel ? ANSWERS : 0); });
  const own = (kind) => `${PREFIX}${kind}:${me}|`;
  // This tab's copy by that name; else the latest left by a load that is no more, from now on this tab's.
  const adopt = (name) => {
    const mine = read(name), [, kind, , field] = OWNED.exec(name);
    if (mine) return mine;
    const found = names(kind).map((one) => ({ one, parts: OWNED.exec(one) }))
      .filter(({ parts: [, , owner, what] }) => what === field && !alive.has(owner)).map(({ one }) => ({ one, copy: read(one) }))
      .sort((a, b) => (b.copy?.at ?? 0) - (a.copy?.at ?? 0))[0];
    if (!found?.copy) return null;
    write(name, found.copy);
    drop(found.one);
    return found.copy;
  };

  // Each connection has its number: what went out on an earlier one may never have arrived.
  let line = 0;
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      this.addEventListener("open", () => { line += 1; });
    }
  };
  const app = () => document.querySelector('[data-testid="stApp"]');
  const connected = () => app()?.dataset.testConnectionState === "CONNECTED";
  const quiet = () => connected() && app()?.dataset.testScriptState === "notRunning";

  // Runs that came to their end, counted.
  let finished = 0, running = false;
  new MutationObserver(() => {
    const now = !quiet();
    if (running && !now) finished += 1;
    running = now;
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["data-test-script-state", "data-test-connection-state"] });

  // Whoever has something on its way (texts, each table) tells by a function; again() asks the server for a run.
  const waiting = new Set(), resend = new Set();
  let again = null, asked = 0;
  const mark = () => { document.documentElement.dataset.typed = [...waiting].some((one) => one()) ? "waiting" : "saved"; };
  setInterval(() => {
    if (connected() && line > asked) {
      if (asked > 0) { resend.forEach((act) => act()); again?.(); }  // back after a break: on the new line nothing was sent yet
      asked = line;
    }
    mark();
  }, 100);
  window.addEventListener("beforeunload", (event) => {
    if ([...waiting].some((one) => one())) { event.preventDefault(); event.returnValue = ""; }
  });

  const offer = (name, words, take, leave) => {
    if (document.getElementById(name)) return;
    const bar = document.createElement("div");
    bar.id = name;
    bar.className = "piao-offer";
    bar.setAttribute("role", "status");
    bar.append(words);
    [["Riprendi il mio testo", take], ["Lascia com'è", leave]].forEach(([label, act]) => {
      const one = document.createElement("button");
      one.type = "button";
      one.textContent = label;
      one.addEventListener("click", () => { act(); bar.remove(); });
      bar.append(one);
    });
    let shelf = document.getElementById("piao-offers");
    if (!shelf) {
      shelf = document.createElement("div");
      shelf.id = "piao-offers";
      document.body.append(shelf);
    }
    shelf.append(bar);
  };

  // The server's word: texts kept by field, and copies that a person gave up (a draft taken as the other person saved it).
  const listeners = new Set();
  let forgotten = null;
  const receipt = ({ data, setStateValue }) => {
    again = () => setStateValue("again", Date.now());
    if (data.forget && data.forget !== forgotten) {
      forgotten = data.forget;
      names(PREFIX).filter((name) => name.includes(data.forget.split(":")[0]) && !alive.has(OWNED.exec(name)[2])).forEach((name) => {
        drop(name);
        document.getElementById(name)?.remove();
      });
    }
    listeners.forEach((hear) => hear(data.kept));
  };
  return { own, adopt, ready, settled: () => settled, read, write, drop, connected, quiet, offer, receipt, waiting, resend, listeners, mark,
    line: () => line, finished: () => finished, again: () => again?.() };
})();
