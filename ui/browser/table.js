// A table a person types into: plain cells, built once for each load of the page and never drawn again while one types; Python's
// new data only change the small words under the cells. Each letter is in this browser's copy at once; after a pause the whole
// table goes to the server with a number, and the copy is forgotten when the server says that it has saved that number.
(() => {
  const { write, drop, offer, mark, quiet } = window.piao;
  const PAUSE = 250, PATIENCE = 20000, PREFIX = window.piao.own("tabella");
  const tables = new Map();  // mount -> table
  let cursor = null;  // where the cursor was last, in any table: it goes back there when a table is built anew

  const bare = (rows) => rows.map(({ id, cells }) => ({ id, cells: [...cells] }));
  const filled = (rows) => rows.filter(({ cells }) => cells.some((text) => text.trim()));
  const content = (rows) => JSON.stringify(filled(rows).map(({ cells }) => cells.map((text) => text.trim())));
  const same = (one, other) => content(one) === content(other);
  // The copy's cells under today's headings (the years of the targets may have changed).
  const under = (headings, copy, rows) => rows.map(({ id, cells }) => ({
    id, cells: headings.map((name) => cells[copy.headings.indexOf(name)] ?? "") }));
  const make = (kind, words, more = {}) => Object.assign(document.createElement(kind), { textContent: words, ...more });
  const as = (role, one) => { one.setAttribute("role", role); return one; };

  class Table {
    constructor(data) {
      Object.assign(this, { mount: data.mount, name: PREFIX + data.name, title: data.title, columns: data.columns, locked: data.locked,
        most: data.most, longest: data.longest, rows: [], seq: 0, out: 0, seen: 0, saved: 0, sent: [], timer: null, undo: null });
      this.headings = data.columns.map(({ name }) => name);
      this.root = make("div", "", { className: "piao-table" });
      this.build(data.rows);
      this.base = bare(this.rows);
    }

    // -- what the browser keeps, and what goes to the server

    changed() {
      this.seq += 1;
      this.keep();
      mark();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), PAUSE);
    }
    keep() {
      write(this.name, { headings: this.headings, base: this.base, sent: this.sent.map(({ rows }) => rows), rows: bare(this.rows),
        at: Date.now() });
    }
    get waiting() { return this.seq > this.saved; }
    send(force = false) {
      clearTimeout(this.timer);
      this.timer = null;
      // One letter to the server at a time: the next leaves when that one was read.
      if (this.seq === this.seen || (this.out > this.seen && !force)) return;
      this.out = this.seq;
      this.posted = Date.now();
      this.sent.push({ seq: this.seq, rows: bare(this.rows) });
      this.keep();
      this.post({ seq: this.seq, rows: this.rows.map(({ id, from, cells }) => ({ id, from, cells })) });
    }
    heard({ seen, saved, notes }) {
      this.seen = Math.max(this.seen, seen);
      if (saved > this.saved) {
        this.saved = saved;
        this.base = this.sent.find(({ seq }) => seq === saved)?.rows ?? this.base;
        this.sent = this.sent.filter(({ seq }) => seq > saved);
        if (saved >= this.seq) drop(this.name);
        mark();
      }
      if (this.seq > this.seen && !this.timer) this.send();
      this.tell(notes);
    }
    // At mounting: a copy typed over what the archive holds is put back; over something else, it is offered.
    takeBack() {
      if (!window.piao.settled()) return window.piao.ready.then(() => this.seq === 0 && this.takeBack());
      const copy = this.locked ? null : window.piao.adopt(this.name);
      if (!copy) return null;
      const rows = under(this.headings, copy, copy.rows), base = under(this.headings, copy, copy.base);
      if (same(rows, this.rows)) return drop(this.name);
      const from = [base, ...copy.sent.map((one) => under(this.headings, copy, one))].find((one) => same(one, this.rows));
      if (from) return this.replace(rows, from);
      offer(this.name, `«${this.title}»: qui c'è una tabella scritta il ${new Date(copy.at).toLocaleString("it-IT")} `
        + "e non salvata, ma nel frattempo è cambiata. ", () => this.replace(rows, base), () => drop(this.name));
    }
    // Other rows; each keeps the datum of the archive it began from: by what its row said, or else by its first cell.
    replace(rows, before) {
      const now = filled(this.rows), old = filled(before), taken = new Set();
      const origin = new Map();
      [(one, other) => same([one], [other]), (one, other) => one.cells[this.main] && one.cells[this.main] === other.cells[this.main]]
        .forEach((alike) => old.forEach((row) => {
          const found = origin.has(row.id) ? null : now.find((one) => one.from !== null && !taken.has(one) && alike(row, one));
          if (found) { taken.add(found); origin.set(row.id, found.from); }
        }));
      this.build(rows.map(({ id, cells }) => ({ id, cells, from: origin.get(id) ?? null })));
      this.changed();
      this.send();
    }
    get main() { return Math.max(this.columns.findIndex(({ width }) => width === "wide"), 0); }

    // -- what one sees

    build(rows) {
      // The lines wrap (page.css), which takes from a table what it is: the roles say it again.
      const board = as("table", make("table", "")), head = as("row", make("tr", ""));
      board.setAttribute("aria-label", this.title);
      this.columns.forEach(({ name, help, width }) => {
        const cell = as("columnheader", make("th", name, { scope: "col", className: `piao-${width}` }));
        if (help) { cell.title = help; cell.classList.add("piao-helped"); }
        head.append(cell);
      });
      if (!this.locked) {
        const cell = as("columnheader", make("th", "", { scope: "col", className: "piao-tools" }));
        cell.append(make("span", "Azioni", { className: "piao-unseen" }));
        head.append(cell);
      }
      board.append(as("rowgroup", make("thead", "")), as("rowgroup", make("tbody", "")));
      board.tHead.append(head);
      this.body = board.tBodies[0];
      this.rows = [];
      this.root.replaceChildren(board);
      rows.forEach((row) => this.add(row));
      if (!this.locked) this.root.append(this.foot());
    }
    add({ id, from = null, cells }, place = this.rows.length) {
      const row = { id: id ?? `n${crypto.getRandomValues(new Uint32Array(2)).join("")}`, from, cells: cells ?? this.columns.map(() => ""),
        line: as("row", make("tr", "")) };
      row.boxes = this.columns.map((column, number) => this.cell(row, column, number));
      if (!this.locked) row.line.append(this.tools(row));
      this.body.insertBefore(row.line, this.body.rows[place] ?? null);
      this.rows.splice(place, 0, row);
      row.boxes.forEach(grow);
      this.number();
      return row;
    }
    cell(row, column, number) {
      const box = make(column.options ? "select" : "textarea", "", { className: `piao-cell piao-${column.width}` });
      if (column.options) ["", ...column.options].forEach((one) => box.append(make("option", one, { value: one })));
      else Object.assign(box, { rows: 1, maxLength: this.longest, spellcheck: column.width === "wide", readOnly: this.locked });
      box.disabled = this.locked && Boolean(column.options);
      box.value = row.cells[number];
      box.addEventListener("input", () => {
        row.cells[number] = box.value;
        grow(box);
        this.changed();
      });
      const place = as("cell", make("td", "", { className: `piao-${column.width}` })), note = make("div", "", { className: "piao-note", id: `piao-note-${this.mount}-${row.id}-${number}` });
      box.setAttribute("aria-describedby", note.id);
      place.append(box, note);
      row.line.append(place);
      return box;
    }
    tools(row) {
      const place = as("cell", make("td", "", { className: "piao-tools" })), bar = make("div", "");
      bar.setAttribute("role", "toolbar");
      [["↑", "Sposta su", () => this.move(row, -1)], ["↓", "Sposta giù", () => this.move(row, 1)], ["✕", "Togli", () => this.remove(row)]]
        .forEach(([sign, word, act], number) => {
          const one = make("button", sign, { type: "button", tabIndex: number ? -1 : 0, title: `${word} la riga` });
          one.dataset.word = word;
          one.addEventListener("click", act);
          bar.append(one);
        });
      place.append(bar);
      return place;
    }
    foot() {
      const foot = make("div", "", { className: "piao-foot" });
      const more = make("button", "＋ Aggiungi una riga", { type: "button" });
      more.addEventListener("click", () => this.focus(this.append(), 0));
      this.said = make("span", "", { className: "piao-said" });
      this.said.setAttribute("role", "status");
      this.back = make("button", "Annulla", { type: "button", hidden: true });
      this.back.addEventListener("click", () => { const { undo } = this; this.say(""); undo?.(); });
      foot.append(more, this.said, this.back);
      return foot;
    }
    say(words, undo = null) {
      this.said.textContent = words;
      this.undo = undo;
      this.back.hidden = !undo;
    }
    number() {
      this.rows.forEach((row, number) => {
        row.boxes.forEach((box, column) => box.setAttribute("aria-label", `${this.headings[column]}, riga ${number + 1}`));
        row.line.querySelector('[role="toolbar"]')?.setAttribute("aria-label", `Riga ${number + 1}`);
        row.line.querySelectorAll("button").forEach((one) => one.setAttribute("aria-label", `${one.dataset.word}, riga ${number + 1}`));
      });
    }
    // Words under the cells; those about a text that meanwhile was typed over are not shown.
    tell(notes) {
      const said = new Map(notes.map((one) => [`${one.row}:${one.column}`, one]));
      this.rows.forEach((row) => row.boxes.forEach((box, number) => {
        const note = said.get(`${row.id}:${this.headings[number]}`), place = box.nextElementSibling;
        const words = note && note.of === box.value.trim() ? note.words : "";
        if (place.textContent !== words) place.textContent = words;
        place.dataset.level = words ? note.level : "";
        if (words && note.level === "error") box.setAttribute("aria-invalid", "true"); else box.removeAttribute("aria-invalid");
      }));
    }

    // -- what one does

    append() {
      if (this.rows.length >= this.most) {
        this.say(`Una tabella ha al massimo ${this.most} righe.`);
        return this.rows.length - 1;
      }
      this.add({});
      return this.rows.length - 1;
    }
    move(row, by) {
      const from = this.rows.indexOf(row), to = from + by, active = document.activeElement;
      if (to < 0 || to >= this.rows.length) return;
      this.rows.splice(from, 1);
      this.rows.splice(to, 0, row);
      const other = this.body.rows[to];
      if (by < 0) this.body.insertBefore(row.line, other); else other.after(row.line);
      this.number();
      this.say(`Riga spostata al posto ${to + 1}.`);
      active?.focus();
      this.changed();
    }
    remove(row) {
      const place = this.rows.indexOf(row), { id, from, cells } = row;
      this.rows.splice(place, 1);
      row.line.remove();
      if (!this.rows.length) this.add({});
      this.number();
      this.say(`Riga ${place + 1} tolta.`, () => {
        this.add({ id, from, cells }, Math.min(place, this.rows.length));
        this.changed();
        this.focus(place, 0);
      });
      this.focus(Math.min(place, this.rows.length - 1), 0);
      this.changed();
    }
    focus(row, column) {
      const box = this.rows[row]?.boxes[column];
      if (!box) return;
      box.focus();
      box.select?.();
    }
    set(row, column, text) {
      const box = row.boxes[column];
      box.value = text;
      row.cells[column] = box.value;
      grow(box);
    }
  }

  const FITS = CSS.supports("field-sizing", "content");
  const grow = (box) => {
    if (FITS || box.tagName !== "TEXTAREA" || !box.isConnected) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  };

  const at = (target) => {
    for (const table of tables.values()) {
      if (!table.root.contains(target)) continue;
      const row = table.rows.findIndex(({ line }) => line.contains(target));
      return { table, row, column: row < 0 ? -1 : table.rows[row].boxes.indexOf(target) };
    }
    return null;
  };
  document.addEventListener("focusin", ({ target }) => {
    const place = at(target);
    cursor = place?.column >= 0 ? { ...place, box: target } : null;
  });
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    const place = at(target);
    if (place && !place.table.root.contains(relatedTarget) && place.table.waiting) place.table.send();
  });
  window.addEventListener("pagehide", () => tables.forEach((table) => { if (table.waiting && table.root.isConnected) table.send(true); }));
  setInterval(() => tables.forEach((table) => {
    if (table.out > table.seen && quiet() && table.root.isConnected && Date.now() - table.posted > PATIENCE) table.send(true);
  }), 1000);
  window.piao.waiting.add(() => [...tables.values()].some((table) => table.waiting && (table.root.isConnected || !quiet())));
  window.piao.resend.add(() => tables.forEach((table) => { if (table.waiting && table.root.isConnected) table.send(true); }));
  if (!FITS) window.addEventListener("resize", () => tables.forEach((table) => table.rows.forEach(({ boxes }) => boxes.forEach(grow))));

  // Called by Streamlit at mounting and at each new data of the same load.
  window.piao.table = ({ data, parentElement, setStateValue }) => {
    let table = tables.get(data.mount);
    const known = Boolean(table);
    if (!known) {
      tables.forEach((one, mount) => { if (!one.root.isConnected && quiet()) tables.delete(mount); });
      table = new Table(data);
      tables.set(data.mount, table);
    }
    table.post = (value) => setStateValue("rows", value);
    if (table.root.parentElement !== parentElement) {
      parentElement.querySelectorAll(":scope > .piao-table").forEach((old) => old.remove());
      parentElement.append(table.root);
      if (!known) table.takeBack();
      table.rows.forEach(({ boxes }) => boxes.forEach(grow));
      const back = cursor && !cursor.box.isConnected && cursor.table.name === table.name && document.activeElement === document.body;
      if (back) {
        const { selectionStart, selectionEnd } = cursor.box, box = table.rows[cursor.row]?.boxes[cursor.column];
        box?.focus();
        box?.setSelectionRange?.(selectionStart, selectionEnd);
      }
    }
    table.heard(data);
    return () => { if (table.waiting && table.out < table.seq) table.send(true); };
  };
  window.piao.cellAt = at;
})();
