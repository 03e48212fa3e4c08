// For a touch screen with a reader that types like a keyboard: whatever is typed goes into the field, Enter asks, and
// nothing stays: the screen clears itself when nobody has touched it for a while, and when it is left.
import { call } from "./api.js";
import { byId, day, el } from "./dom.js";
import { fill, language, t, word } from "./page.js";
import { isEnter, rhythm, signOf } from "./typed.js";

const IDLE_SECONDS = 45, WARN_SECONDS = 15;
const SLOW_MS = 2000, PATIENCE_MS = 20_000;
const LONGEST = 300, SHORTEST_CODE = 15; // signs: of an address in a QR code; of H58-220303-0012
const KEYS = [..."1234567890", ..."HG.-KQ"];
const MARKS = { in_progress: "warn", late: "bad", ready: "good", returned: "good" };
const field = byId("code"), answer = byId("answer"), form = byId("ask"), countdown = byId("countdown");
const reader = rhythm();
let left = IDLE_SECONDS; // seconds until the screen clears itself
let asking = null; // what stops the question that is under way
let pause = null; // { seconds, note } while this screen has to wait before it asks again
let begun = 0; // where in the field a reader began to type

function show(nodes, { instead = false } = {}) {
  answer.replaceChildren(...nodes.filter(Boolean));
  answer.hidden = !nodes.length;
  form.hidden = instead;
}

function stop() {
  asking?.abort();
  asking = pause = null;
  answer.removeAttribute("aria-busy");
}

function clear() {
  stop();
  field.value = "";
  begun = 0;
  show([]);
  field.focus();
}

// A new code begins where an answer stands; what was refused can be mended.
function typed(sign, fromReader = false) {
  if (form.hidden || asking) clear();
  if (!fromReader || !answer.hidden) begun = field.value.length;
  if (!answer.hidden) { stop(); show([]); }
  field.value = (field.value + sign).slice(0, LONGEST);
  field.focus();
}

function erase() {
  stop();
  show([]);
  field.value = field.value.slice(0, -1);
  field.focus();
}

byId("keys").append(
  ...KEYS.map((key) => el("button", { type: "button", onclick: () => typed(key) }, key)),
  el("button", { type: "button", class: "wide", onclick: erase }, t.erase),
  el("button", { type: "button", class: "wide", onclick: clear }, t.clear));

function found(dossier) {
  const facts = [[t.procedure, dossier.procedure], [t.where, dossier.unit], [t.received, day(dossier.received_at)], [t.due, day(dossier.due_at)],
    [t.finished, day(dossier.finished_at)], [t.returned, day(dossier.returned_at)]].filter(([, value]) => value);
  const advice = dossier.stage === "in_progress" && !dossier.due_at ? null : t[`advice_${dossier.stage}`];
  return [el("h2", { class: "code", tabindex: -1 }, dossier.code),
    el("p", { class: `verdict ${MARKS[dossier.stage]}` }, word("stage_", dossier.stage)),
    advice && el("p", {}, advice),
    el("dl", { class: "answer-facts" }, facts.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])),
    el("p", { class: "actions" }, el("button", { class: "main", type: "button", onclick: clear }, t.again))];
}

const wait = (text) => show([el("p", { class: "verdict warn" }, text)]);
const again = () => el("button", { type: "button", class: "main", onclick: ask }, t.retry);

function refuse(error) {
  if (error.code === "too_many_requests") {
    const note = el("p", { class: "verdict warn", role: "alert" });
    pause = { seconds: Number(error.facts.retry_after) || 5, note };
    sayPause();
    return show([note]);
  }
  const byCode = ["dossier_unknown", "invalid_dossier_code"].includes(error.code);
  const code = error.code === "invalid_request" ? "invalid_dossier_code" : error.code;
  show([el("p", { class: "verdict bad", role: "alert" }, t[`wrong_${code}`] ?? t.wrong_else), !byCode && code === error.code && el("p", { class: "actions" }, again())]);
}

const sayPause = () => { pause.note.textContent = fill(t.wrong_too_many_requests, { n: pause.seconds }); };

async function ask() {
  if (!field.value.trim()) return field.focus();
  stop();
  const mine = asking = new AbortController();
  answer.setAttribute("aria-busy", "true");
  wait(t.asking);
  const slow = setTimeout(() => wait(t.slow), SLOW_MS);
  const enough = setTimeout(() => mine.abort(new DOMException("", "TimeoutError")), PATIENCE_MS);
  try {
    const dossier = await call("POST", "/api/look-up", { body: { code: field.value }, signal: mine.signal });
    if (asking !== mine) return;
    show(found(dossier), { instead: true });
    answer.querySelector("h2").focus();
  } catch (error) {
    if (asking === mine) refuse(error);
  } finally {
    clearTimeout(slow);
    clearTimeout(enough);
    if (asking === mine) { asking = null; answer.removeAttribute("aria-busy"); }
  }
}

// A reader ends a code with Enter or Tab, some with two of them; what stood in the field before its code is not meant.
function ended(event, fromReader) {
  const ofCode = fromReader && field.value.length - begun >= SHORTEST_CODE;
  if (!fromReader && (!isEnter(event) || event.target.closest("button, a"))) return;
  if (fromReader && !ofCode && !isEnter(event)) return;
  event.preventDefault();
  if (form.hidden || asking) return;
  if (ofCode) field.value = field.value.slice(begun);
  ask();
}

form.addEventListener("submit", (event) => { event.preventDefault(); ask(); });

document.addEventListener("keydown", (event) => {
  left = IDLE_SECONDS;
  const fromReader = reader.follows(event), sign = signOf(event);
  if (isEnter(event) || event.key === "Tab") return ended(event, fromReader);
  if (event.key === "Backspace") { event.preventDefault(); return form.hidden ? clear() : erase(); }
  if (!sign || (sign === " " && !fromReader)) return;
  event.preventDefault();
  typed(sign, fromReader);
});
document.addEventListener("paste", (event) => { event.preventDefault(); typed(event.clipboardData.getData("text").trim()); });
document.addEventListener("pointerdown", () => { left = IDLE_SECONDS; });
document.addEventListener("contextmenu", (event) => event.preventDefault());
addEventListener("pagehide", clear);
addEventListener("pageshow", (event) => { if (event.persisted) clear(); });

// The next person reads Vietnamese. A server that is away must not take the page away.
async function inVietnamese() {
  const page = await fetch("/look-up?lang=vi").catch(() => null);
  if (page?.ok) location.replace("/look-up");
}

function forget() {
  left = IDLE_SECONDS;
  if (field.value || form.hidden) clear();
  if (language !== "vi") inVietnamese();
}

setInterval(() => {
  left -= 1;
  if (pause && (pause.seconds -= 1) > 0) sayPause();
  else if (pause) ask();
  countdown.textContent = left <= WARN_SECONDS && (field.value || form.hidden) ? fill(t.resets, { n: Math.max(left, 0) }) : "";
  if (left <= 0) forget();
}, 1000);
