// The four states of a part of a screen: loading (and slow), empty, failed, filled.
import { el } from "./dom.js";
import { t } from "./page.js";
import { complain } from "./say.js";

const SHOW_AFTER = 300; // a quick answer shows no flicker
const SLOW_AFTER = 5000;

const turns = new WeakMap(); // container → the last one that was asked to fill it

// Fills `container` with what `load()` gives (elements; none: `empty`), and says what it is waiting for or what failed.
// Of several that fill the same container the last one asked wins, whichever answers last. True when it was this one.
export async function fillWith(container, load, { empty = t.empty } = {}) {
  const turn = {}, put = (...nodes) => { if (turns.get(container) === turn) container.replaceChildren(...nodes); };
  turns.set(container, turn);
  container.setAttribute("aria-busy", "true");
  const soon = setTimeout(() => put(el("p", { class: "state loading" }, t.loading)), SHOW_AFTER);
  const slow = setTimeout(() => put(el("p", { class: "state loading" }, t.slow)), SLOW_AFTER);
  try {
    const found = [await load()].flat().filter((node) => node != null);
    put(...(found.length ? found : [el("p", { class: "state empty" }, empty)]));
    return turns.get(container) === turn;
  } catch (error) {
    if (error.name !== "AbortError") put(failure(error, () => fillWith(container, load, { empty })));
    return false;
  } finally {
    clearTimeout(soon);
    clearTimeout(slow);
    if (turns.get(container) === turn) container.removeAttribute("aria-busy");
  }
}

// Says that these are waited for, until something else fills them.
export const awaited = (...containers) => containers.forEach((one) => fillWith(one, () => new Promise(() => {})));

// What failed, with a button to try again.
export function failure(error, retry) {
  const id = error.facts?.instance?.replace("urn:uuid:", "");
  return el("div", { class: "state failed", role: "alert" }, el("p", {}, error.message),
    id && error.status >= 500 && el("p", { class: "muted" }, `${t.request_id}: ${id}`),
    retry && el("p", {}, el("button", { type: "button", onclick: retry }, t.retry)));
}

// A long list part by part: `ask(after)` gives { items, next }, `row(item)` an element of it, `holder` holds them.
// Returns (a promise of) the first part's answer and the button for the next one: { items, …, more }.
export async function partByPart(ask, row, holder) {
  const more = el("button", { type: "button", onclick: () => next(more.dataset.after).catch(complain) }, t.show_more);
  async function next(after) {
    const found = await ask(after);
    holder.append(...found.items.map(row));
    more.hidden = !found.next;
    more.dataset.after = found.next ?? "";
    return found;
  }
  return { ...(await next()), more };
}
