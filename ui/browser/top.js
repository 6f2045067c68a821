// Another page, or another card, begins at its top: Streamlit leaves the window where the page before was scrolled to.
(() => {
  const place = () => location.pathname + "?" + (new URLSearchParams(location.search).get("bozza") || "");
  let last = place();
  const moved = () => {
    const now = place();
    if (now === last) return;
    last = now;
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };
  for (const name of ["pushState", "replaceState"]) {
    const own = history[name];
    history[name] = function (...given) {
      const answer = own.apply(this, given);
      moved();
      return answer;
    };
  }
})();
