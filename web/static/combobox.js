// Choose from many by a few letters, without tone marks: the ARIA combobox pattern with a list of suggestions.
import { el, folded } from "./dom.js";
import { fill, t } from "./page.js";

const MOST = 12;

// How well an item fits: its code or initials ("gks" → Giấy khai sinh) first, then words that begin with what was typed.
function rank(item, typed) {
  const words = item.words ??= folded(`${item.label} ${item.value}`).split(/[^a-z0-9.-]+/);
  const initials = item.initials ??= words.map((one) => one[0] ?? "").join("");
  if (folded(item.value) === typed) return 0;
  if (folded(item.value).startsWith(typed)) return 1;
  if (initials.startsWith(typed)) return 2;
  const parts = typed.split(" ");
  if (parts.every((part) => words.some((one) => one.startsWith(part)))) return words[0].startsWith(parts[0]) ? 3 : 4;
  return parts.every((part) => words.some((one) => one.includes(part))) ? 5 : null;
}

// The items that fit, best first; all of them while nothing is typed.
export function byLetters(items, text, most = MOST) {
  const typed = folded(text);
  if (!typed) return items.slice(0, most);
  return items.map((item, index) => [rank(item, typed), index, item]).filter(([found]) => found != null)
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]).slice(0, most).map(([, , item]) => item);
}

// Turns an input into a combobox. `find(text)` gives (a promise of) items { value, label, hint }; `onchoose(item)` hears
// of a choice. Returns { close }. The list opens on typing, on arrow down, and on a click.
export function combobox(input, { find, onchoose, wait = 0 }) {
  const list = el("ul", { role: "listbox", id: `${input.id}-list`, class: "choices", hidden: true, "aria-label": input.labels?.[0]?.textContent ?? input.getAttribute("aria-label") });
  const count = el("span", { class: "unseen", role: "status" });
  const holder = el("span", { class: "combobox" });
  input.replaceWith(holder);
  holder.append(input, list, count);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off", spellcheck: "false" })) input.setAttribute(name, value);
  let items = [], at = -1, turn = 0, timer = null;

  function close() {
    clearTimeout(timer);
    turn += 1;
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function mark(index) {
    at = index;
    [...list.children].forEach((node, n) => node.setAttribute("aria-selected", String(n === at)));
    const active = list.children[at];
    if (!active) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  }
  function take(index) {
    const item = items[index];
    close();
    input.value = item.label;
    onchoose?.(item);
  }
  async function open(text) {
    const mine = (turn += 1);
    const found = await find(text);
    if (mine !== turn) return; // something newer was typed, or the list was closed
    items = found;
    list.replaceChildren(...items.map((item, n) => el("li", { role: "option", id: `${list.id}-${n}`, "aria-selected": "false",
      onpointerdown: (event) => { event.preventDefault(); take(n); } }, el("span", {}, item.label), item.hint && el("small", {}, item.hint))));
    if (!items.length) list.append(el("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, t.none_found));
    count.textContent = items.length ? fill(t.choices, { n: items.length }) : t.none_found;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(text && items.length ? 0 : -1);
  }
  const soon = (text) => { clearTimeout(timer); timer = setTimeout(() => open(text), wait); };

  input.addEventListener("input", () => soon(input.value));
  input.addEventListener("click", () => { if (list.hidden) { input.select(); soon(""); } });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) soon("");
      else if (items.length) mark((at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length);
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      event.stopPropagation();
      take(at);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  return { close };
}
