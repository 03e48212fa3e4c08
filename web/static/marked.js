// A text box whose doubtful syllables are marked: the box is transparent and lies over a copy with marks.
import { el } from "./dom.js";

// Returns { holder, input, mark(spans) }. Spans are [from, to] in the value as it was set last; a syllable that is
// changed loses its mark, what was not touched keeps it.
export function markedBox(attributes) {
  const input = el("textarea", { rows: 1, spellcheck: "false", autocomplete: "off", autocapitalize: "off", ...attributes });
  const copy = el("div", { class: "copy", "aria-hidden": "true" });
  const holder = el("div", { class: "marked" }, copy, input);
  let doubtful = [];

  function draw() {
    const text = input.value, parts = [];
    let from = 0;
    for (const word of doubtful) {
      const start = text.indexOf(word, from);
      if (start < 0) continue;
      parts.push(text.slice(from, start), el("mark", {}, word));
      from = start + word.length;
    }
    parts.push(text.slice(from), "\u200b");
    copy.replaceChildren(...parts);
    input.style.height = "";
    input.style.height = `${copy.offsetHeight}px`;
  }
  input.addEventListener("input", draw);
  return {
    holder,
    input,
    draw,
    mark(spans) { doubtful = spans.map(([from, to]) => input.value.slice(from, to)); draw(); },
  };
}
