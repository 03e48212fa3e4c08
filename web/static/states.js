// The four states of a part of a screen: loading (and slow), empty, failed, filled.
import { el } from "./dom.js";
import { t } from "./page.js";

const SHOW_AFTER = 300; // a quick answer shows no flicker
const SLOW_AFTER = 5000;

// Fills `container` with what `load()` gives (elements; none: `empty`), and says what it is waiting for or what failed.
export async function fillWith(container, load, { empty = t.empty } = {}) {
  container.setAttribute("aria-busy", "true");
  const soon = setTimeout(() => container.replaceChildren(el("p", { class: "state loading" }, t.loading)), SHOW_AFTER);
  const slow = setTimeout(() => container.replaceChildren(el("p", { class: "state loading" }, t.slow)), SLOW_AFTER);
  try {
    const found = [await load()].flat().filter((node) => node != null);
    container.replaceChildren(...(found.length ? found : [el("p", { class: "state empty" }, empty)]));
    return true;
  } catch (error) {
    if (error.name === "AbortError") return false;
    container.replaceChildren(failure(error, () => fillWith(container, load, { empty })));
    return false;
  } finally {
    clearTimeout(soon);
    clearTimeout(slow);
    container.removeAttribute("aria-busy");
  }
}

// What failed, with a button to try again.
export function failure(error, retry) {
  const id = error.facts?.instance?.replace("urn:uuid:", "");
  return el("div", { class: "state failed", role: "alert" }, el("p", {}, error.message),
    id && error.status >= 500 && el("p", { class: "muted" }, `${t.request_id}: ${id}`),
    retry && el("p", {}, el("button", { type: "button", onclick: retry }, t.retry)));
}
