// Works on top of a page that works without it: hover or focus links both ways, clicks scroll, types switch off.
(() => {
  const $ = (root, selector) => [...root.querySelectorAll(selector)];
  const marks = new Map(), cards = new Map();
  for (const mark of $(document, "mark"))
    for (const id of mark.dataset.r.split(" ")) {
      if (!marks.has(id)) marks.set(id, []);
      marks.get(id).push(mark);
    }
  for (const card of $(document, ".card")) cards.set(card.id, card);
  document.documentElement.classList.add("js");

  let held = [];
  const show = (ids) => {
    for (const one of $(document, ".on")) { one.classList.remove("on"); one.style.removeProperty("--c"); }
    for (const id of ids) {
      const card = cards.get(id);
      if (!card || card.closest("[hidden]")) continue;
      card.classList.add("on");
      for (const mark of marks.get(id) || []) {
        mark.classList.add("on");
        mark.style.setProperty("--c", `var(--${card.dataset.type})`);
      }
    }
  };
  const hold = (ids) => { held = ids; show(ids); };
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const reveal = (element) =>
    element && element.scrollIntoView({ block: "center", behavior: calm.matches ? "auto" : "smooth" });
  const shown = (mark) => mark.dataset.r.split(" ").filter((id) => !cards.get(id).closest("[hidden]"));

  const target = (event) => event.target.closest && event.target.closest(".card, mark, .note");
  const ids = (element) => element.matches(".card") ? [element.id]
    : element.matches(".note") ? [element.hash.slice(1)] : shown(element);
  for (const kind of ["mouseover", "focusin"])
    document.addEventListener(kind, (event) => { const e = target(event); if (e) show(ids(e)); });
  for (const kind of ["mouseout", "focusout"])
    document.addEventListener(kind, (event) => { if (target(event)) show(held); });

  document.addEventListener("click", (event) => {
    if (event.target.closest("summary, .legend, header a, nav")) return;
    if (String(getSelection())) return; // somebody is marking words to copy
    const element = target(event);
    if (!element) return hold([]);
    const found = ids(element);
    hold(found);
    if (element.matches(".card")) {
      const link = event.target.closest("a"), anchor = link && document.getElementById(link.hash.slice(1));
      event.preventDefault();
      if (link) history.replaceState(null, "", "#" + element.id);
      reveal(anchor || (marks.get(element.id) || [])[0]);
    } else if (found.length) {
      event.preventDefault();
      const card = cards.get(found[found.length - 1]); // the innermost
      history.replaceState(null, "", "#" + card.id);
      if (element.matches(".note")) card.focus({ preventScroll: true });
      reveal(card);
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hold([]); });

  for (const button of $(document, ".legend button"))
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      document.documentElement.classList.toggle("no-" + button.dataset.type, !on);
      for (const section of $(document, `section[data-type="${button.dataset.type}"]`)) section.hidden = !on;
      hold([]);
    });
  const from = location.hash.slice(1);
  if (cards.has(from)) hold([from]);
})();
