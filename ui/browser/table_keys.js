// The keys of a table: Enter goes to the cell below (a new row at the end), the arrows up and down too where a cell has one line,
// Alt with them moves the row; a block copied from a sheet or a document fills the cells from the present one on.
(() => {
  const { cellAt } = window.piao;
  const oneLine = (box) => box.tagName === "TEXTAREA" && !box.value.includes("\n")
    && box.scrollHeight < 2 * parseFloat(getComputedStyle(box).lineHeight) + 12;

  const go = (table, row, column) => table.focus(row >= table.rows.length ? table.append() : row, column);
  let tabbed = false;
  document.addEventListener("keydown", (event) => {
    const { key, target, shiftKey, ctrlKey, altKey, metaKey } = event;
    tabbed = key === "Tab";
    const place = event.isComposing ? null : cellAt(target);
    if (!place || place.row < 0) return;
    const { table, row, column } = place, bare = !(shiftKey || ctrlKey || altKey || metaKey), step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (column < 0) {
      const next = { ArrowRight: target.nextElementSibling, ArrowLeft: target.previousElementSibling }[key];
      if (next) { event.preventDefault(); next.focus(); }
    } else if (step && altKey && !table.locked) {
      event.preventDefault();
      table.move(table.rows[row], step);
    } else if (key === "Enter" && bare) {
      event.preventDefault();
      if (row + 1 < table.rows.length || !table.locked) go(table, row + 1, column);
    } else if (step && bare && oneLine(target) && table.rows[row + step]) {
      event.preventDefault();
      table.focus(row + step, column);
    }
  });
  document.addEventListener("focusin", ({ target }) => {
    if (tabbed && target.tagName === "TEXTAREA" && cellAt(target)?.column >= 0) target.select();
    tabbed = false;
  });

  // Cells apart by tabs, rows by line ends; a cell with either inside stands in quotes.
  const blockOf = (text) => {
    const block = [[]];
    let cell = "", quoted = false;
    for (let i = 0; i < text.length; i += 1) {
      const sign = text[i];
      if (quoted) {
        if (sign !== '"') cell += sign;
        else if (text[i + 1] === '"') { cell += '"'; i += 1; } else quoted = false;
      } else if (sign === '"' && cell === "") quoted = true;
      else if (sign === "\t") { block.at(-1).push(cell); cell = ""; } else if (sign === "\n") {
        block.at(-1).push(cell);
        block.push([]);
        cell = "";
      } else if (sign !== "\r") cell += sign;
    }
    if (cell || block.at(-1).length) block.at(-1).push(cell); else block.pop();
    return block;
  };
  const fill = (table, from, column, block) => {
    const undo = [];
    let outside = 0;
    block.forEach((cells, down) => {
      if (from + down >= table.rows.length && table.rows.length < table.most) table.append();
      const row = table.rows[from + down];
      cells.forEach((text, right) => {
        const box = row?.boxes[column + right];
        if (!box) { outside += text.trim() ? 1 : 0; return; }
        const options = box.tagName === "SELECT" ? [...box.options].map(({ value }) => value) : null;
        const value = options ? options.find((one) => one.toLowerCase() === text.trim().toLowerCase()) : text.trim().slice(0, table.longest);
        if (value === undefined) { outside += 1; return; }
        const before = box.value;
        table.set(row, column + right, value);
        undo.push(() => { if (box.value === value) table.set(row, column + right, before); });
      });
    });
    table.changed();
    table.say(`Incollate ${undo.length} celle${outside ? `; ${outside} non avevano posto` : ""}.`,
      () => { undo.forEach((act) => act()); table.changed(); });
  };
  document.addEventListener("paste", (event) => {
    const place = cellAt(event.target), text = event.clipboardData?.getData("text/plain") ?? "";
    if (!place || place.column < 0 || place.table.locked) return;
    const fromTable = /<t[dr][\s>]/i.test(event.clipboardData.getData("text/html"));
    const block = blockOf(text);
    if (!text.includes("\t") && !(fromTable && block.length > 1)) return;
    event.preventDefault();
    fill(place.table, place.row, place.column, block);
  });
})();
