// Whoever moves through a page by keyboard stays where they are when a part of it is replaced. htmx sees to what
// has an id; links of tables have none and are known by where they lead.
"use strict";
{
  const like = (element) =>
    [...document.querySelectorAll(`main ${element.localName}`)].filter(
      (other) =>
        other.getAttribute("href") === element.getAttribute("href") &&
        other.getAttribute("aria-label") === element.getAttribute("aria-label"),
    );
  let before = null;

  document.addEventListener("htmx:beforeSwap", (event) => {
    const element = document.activeElement;
    const lost = event.detail.shouldSwap && event.detail.target.contains(element) && !element.id;
    before = lost ? { element, place: like(element).indexOf(element) } : null;
  });

  document.addEventListener("htmx:afterSettle", () => {
    if (before === null || document.contains(before.element)) return;
    const there = like(before.element);
    const element = there[before.place] ?? there.at(-1) ?? document.getElementById("content");
    before = null;
    element.focus({ preventScroll: true });
  });
}
