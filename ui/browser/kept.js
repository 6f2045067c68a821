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
      names(PREFIX).filter((name) => name.includes(data.forget.split(":")[0])).forEach((name) => {
        drop(name);
        document.getElementById(name)?.remove();
      });
    }
    listeners.forEach((hear) => hear(data.kept));
  };
  return { PREFIX, read, write, drop, connected, quiet, offer, receipt, waiting, resend, listeners, mark,
    line: () => line, finished: () => finished, again: () => again?.() };
})();
