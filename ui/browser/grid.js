// The tables open and close a small editor for each cell, and a key pressed meanwhile would go astray. Keys that come too early
// wait their turn here and are then given in order: however fast one types, none is lost. Leaving the page while something
// typed is still on its way asks first.
(() => {
  const CANVAS = 'canvas[data-testid="data-grid-canvas"]', KEYS = new Set(["Enter", "Tab", "Escape"]);
  const SETTLED = 40, TAKEN = 130;  // milliseconds: to move on once a cell closed; for a cell to take in its last letter
  const queue = [];
  let awaited = null, since = 0, pumping = false, lastKey = 0, moved = 0, written = 0, closed = 0, sent = 0, received = 0;
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {  // only to know when the last word went out and when the server answered
    constructor(...given) {
      super(...given);
      this.addEventListener("message", () => { received = performance.now(); });
    }
    send(data) {
      sent = performance.now();
      super.send(data);
    }
  };
  document.addEventListener("focusin", () => { moved = performance.now(); }, true);
  document.addEventListener("input", () => { written = performance.now(); }, true);

  const onCanvas = () => Boolean(document.activeElement?.closest?.(CANVAS));
  const inCell = () => Boolean(document.activeElement?.closest?.("#portal")) && document.activeElement.matches("input, textarea");
  const cellOpen = () => Boolean(document.querySelector("#portal input, #portal textarea"));
  // Ctrl and Alt together are AltGr on some systems: "€", "@", "[" are letters like the others.
  const printable = (key) => key.key.length === 1 && !key.metaKey && key.ctrlKey === key.altKey;

  const still = () => onCanvas() && !cellOpen() && performance.now() - Math.max(moved, since) > SETTLED;
  const DONE = { open: inCell, close: still, choose: () => still() && document.activeElement.tagName === "TD" };
  const PATIENCE = { open: 1500, close: 1500, choose: 1000 };
  const waiting = () => {
    if (awaited && (DONE[awaited]() || performance.now() - since > PATIENCE[awaited])) awaited = null;
    return awaited !== null;
  };
  // A cell must have taken in its last letter before the key that closes it: the box behind its text says what it holds.
  const taken = (cell) => {
    const box = cell.parentElement?.firstElementChild;
    return !box || box === cell || box.textContent.replace(/\n$/, "") === cell.value;
  };
  const early = (key) => !key.mouse && inCell() && KEYS.has(key.key) && performance.now() - since < PATIENCE.open
    && (performance.now() - Math.max(written, moved) < TAKEN || !taken(document.activeElement));
  // What a key just given will change: a cell opens for it, or the open cell closes.
  const note = (key) => {
    if (onCanvas() && (printable(key) || key.key === "Enter" || key.key === "F2")) awaited = "open";
    else if (inCell() && KEYS.has(key.key) && !(key.key === "Enter" && key.shiftKey)) awaited = "close";
    else return;
    since = performance.now();
    if (awaited === "close" && key.key !== "Escape") closed = since;
  };
  const press = ({ type, x, y, detail, button, buttons }) => {
    const target = document.elementFromPoint(x, y) ?? document.body, Kind = type.startsWith("pointer") ? PointerEvent : MouseEvent;
    target.dispatchEvent(new Kind(type, { clientX: x, clientY: y, screenX: x, screenY: y, detail, button, buttons, bubbles: true,
      cancelable: true, composed: true, view: window, pointerId: 1, isPrimary: true, pointerType: "mouse" }));
    if (type === "mousedown") target.closest("input, textarea, button, a, [tabindex]")?.focus();
  };
  const give = (key) => {
    if (key.mouse) return press(key);
    if (inCell() && printable(key)) return document.execCommand("insertText", false, key.key);
    if (inCell() && key.key === "Backspace") return document.execCommand("delete");
    note(key);
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true }));
  };
  ["pointerdown", "mousedown", "pointerup", "mouseup", "click"].forEach((type) => window.addEventListener(type, (event) => {
    if (event.isTrusted && queue.length) {
      event.preventDefault();
      event.stopImmediatePropagation();
      queue.push({ mouse: true, type, x: event.clientX, y: event.clientY, detail: event.detail, button: event.button, buttons: event.buttons });
    } else if (type === "pointerdown" && event.target.closest?.(CANVAS)) {
      awaited = "choose";
      since = performance.now();
    }
  }, true));
  const pump = () => {
    if (queue.length && !waiting() && !early(queue[0])) {  // one at a time: the page must take each in before the next
      lastKey = performance.now();
      give(queue.shift());
    }
    pumping = queue.length > 0;
    if (pumping) setTimeout(pump, 4);
  };
  window.addEventListener("keydown", (event) => {
    if (!event.isTrusted || event.isComposing || !(queue.length || onCanvas() || inCell() || cellOpen())) return;
    lastKey = performance.now();
    const { key, code, keyCode, which, shiftKey, ctrlKey, altKey, metaKey } = event;
    if (!queue.length && !waiting() && !early(event)) return note(event);
    event.preventDefault();
    event.stopImmediatePropagation();
    queue.push({ key, code, keyCode, which, shiftKey, ctrlKey, altKey, metaKey });
    if (!pumping) { pumping = true; setTimeout(pump, 4); }
  }, true);

  // Saved: all keys given, the last one sent and answered, and the page at rest for half a second.
  let unsaved = false, busy = 0;
  setInterval(() => {
    const now = performance.now(), idle = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
    if (queue.length || cellOpen() || now - lastKey < 300) unsaved = lastKey > 0;
    if (!idle || (received < sent && now - sent < 3000) || (sent < closed && now - closed < 5000) || now - lastKey < 300) busy = now;
    if (!queue.length && !cellOpen() && now - busy > 500) unsaved = false;
  }, 100);
  window.addEventListener("DOMContentLoaded", () => window.piao.waiting.add(() => unsaved));
})();
