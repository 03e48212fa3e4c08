// For a touch screen with a reader that types like a keyboard: whatever is typed goes into the field, Enter asks,
// and nothing stays: the screen clears itself when nobody has touched it for a while.
import { call } from "./api.js";
import { byId, day, el } from "./dom.js";
import { fill, t, word } from "./page.js";

const IDLE_SECONDS = 45;
const KEYS = [..."1234567890", ..."HG.-KQ"];
const MARKS = { in_progress: "warn", late: "bad", ready: "good", returned: "good" };
const field = byId("code"), answer = byId("answer"), form = byId("ask");
let left = IDLE_SECONDS;

function clear() {
  field.value = "";
  answer.hidden = true;
  answer.replaceChildren();
  form.hidden = false;
  field.focus();
}

function typed(text) {
  field.value += text;
  field.focus();
}

byId("keys").append(
  ...KEYS.map((key) => el("button", { type: "button", onclick: () => typed(key) }, key)),
  el("button", { type: "button", class: "wide", onclick: () => { field.value = field.value.slice(0, -1); field.focus(); } }, t.erase),
  el("button", { type: "button", class: "wide", onclick: clear }, t.clear));

function shown(found) {
  const facts = [[t.procedure, found.procedure], [t.where, found.unit], [t.received, day(found.received_at)], [t.due, day(found.due_at)],
    [t.finished, day(found.finished_at)], [t.returned, day(found.returned_at)]].filter(([, value]) => value);
  return [el("h2", { class: "code" }, found.code),
    el("p", { class: `verdict ${MARKS[found.stage]}` }, word("stage_", found.stage)),
    found.stage === "late" && el("p", {}, t.advice_late),
    el("dl", { class: "answer-facts" }, facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]))];
}

async function ask() {
  if (!field.value.trim()) return;
  let content;
  try {
    content = shown(await call("POST", "/api/look-up", { body: { code: field.value } }));
  } catch (error) {
    content = [el("p", { class: "verdict bad", role: "alert" }, t[`wrong_${error.code}`] ?? error.message)];
  }
  const again = el("button", { class: "main", type: "button", onclick: clear }, t.again);
  answer.replaceChildren(...content.filter(Boolean), el("p", { class: "actions" }, again, el("span", { class: "muted", id: "countdown" })));
  answer.hidden = false;
  form.hidden = true;
  again.focus();
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });

// A reader types a whole code and Enter, wherever the focus is.
document.addEventListener("keydown", (event) => {
  left = IDLE_SECONDS;
  if (document.activeElement === field || event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey || event.key === " ") return;
  event.preventDefault();
  if (form.hidden) clear();
  typed(event.key);
});
document.addEventListener("pointerdown", () => { left = IDLE_SECONDS; });

setInterval(() => {
  left -= 1;
  const countdown = byId("countdown");
  if (countdown && left <= 15) countdown.textContent = fill(t.resets, { n: Math.max(left, 0) });
  else if (countdown) countdown.textContent = "";
  if (left > 0) return;
  left = IDLE_SECONDS;
  if (field.value || form.hidden) clear();
}, 1000);
