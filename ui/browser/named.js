// Buttons and links with the same words on several cards ("Apri", "Togli", "Usa come base") are told apart for who does not see the
// card: their accessible name goes on with the card's title, the nearest words in bold before them.
(() => {
  const SAME = 'main :is(button, a, input[type="checkbox"])';
  const labelled = (one) => (one.matches("input") ? one.closest("label") : one);
  const said = (one) => {  // an icon's name is text too, hidden from who listens
    const copy = one?.cloneNode(true);
    copy?.querySelectorAll('[data-testid="stIconMaterial"], [aria-hidden="true"], [role="img"]').forEach((icon) => icon.remove());
    return copy?.textContent.replace(/\s+/g, " ").trim() ?? "";
  };
  const titleOf = (one, alike) => {
    for (let box = one.parentElement; box && box.tagName !== "MAIN"; box = box.parentElement) {
      if (alike.some((other) => other !== one && box.contains(other))) return "";
      const title = [...box.querySelectorAll("strong")].find((bold) => bold.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING)
        ?? box.querySelector("summary strong, summary p");
      if (title) return said(title.closest("summary") ?? title);
    }
    return "";
  };
  const name = () => {
    const groups = new Map();
    document.querySelectorAll(SAME).forEach((one) => {
      const text = one.closest(".piao-table") ? "" : said(labelled(one));
      if (text) groups.set(text, [...(groups.get(text) ?? []), one]);
    });
    groups.forEach((alike) => alike.forEach((one) => {
      const title = alike.length > 1 ? titleOf(one, alike).slice(0, 120) : "";
      const full = title && `${said(labelled(one))}: ${title}`;
      if (full && one.getAttribute("aria-label") !== full) {
        one.setAttribute("aria-label", full);
        one.dataset.piaoNamed = "1";
      } else if (!full && one.dataset.piaoNamed) {
        one.removeAttribute("aria-label");
        delete one.dataset.piaoNamed;
      }
    }));
  };
  let planned = false;
  new MutationObserver(() => {
    if (planned) return;
    planned = true;
    setTimeout(() => { planned = false; name(); }, 200);
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });
})();
