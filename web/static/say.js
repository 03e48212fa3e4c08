// Messages at the lower edge: read out politely, gone after a while, with at most one action (undo).
import { byId, el } from "./dom.js";
import { t } from "./page.js";

const STAYS = 6000;

// say("Đã xác nhận", { kind: "good", action: [t.undo, f] }); problems stay until they are closed.
export function say(text, { kind = "good", action, stays = kind === "bad" ? 0 : STAYS } = {}) {
  const [label, act] = action ?? [];
  const note = el("div", { class: `message ${kind}` }, el("span", {}, text),
    act && el("button", { type: "button", onclick: () => { note.remove(); act(); } }, label),
    el("button", { type: "button", class: "quiet", "aria-label": t.close, onclick: () => note.remove() }, "×"));
  byId("messages").replaceChildren(note);
  if (stays) setTimeout(() => note.remove(), stays);
  return note;
}

export const complain = (error) => { if (error.name !== "AbortError") say(error.message, { kind: "bad" }); };
