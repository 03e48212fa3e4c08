// Second readings: first what two readings left open, then values to be read again blind.
import { call } from "./api.js";
import { byLetters, combobox } from "./combobox.js";
import { iso, isIso, shown } from "./dates.js";
import { byId, el } from "./dom.js";
import { fill, t, word } from "./page.js";
import { findDossiers, typeChoices } from "./paper.js";
import { complain, say } from "./say.js";
import { makeSheets } from "./sheets.js";
import { failure } from "./states.js";

const RENEWED = 60000; // milliseconds
const GONE = ["record_leased", "review_lease_lost", "not_found", "illegal_transition", "stale_version"];
const form = byId("paper");
let task = null, kind = null, warned = false, busy = false;

const sheets = makeSheets(byId("sheets"), {
  async onregion(page, box, rotation) {
    const input = document.activeElement?.closest("#paper input");
    if (!input) return say(t.region_needs_field, { kind: "warn" });
    try {
      const read = await call("POST", `/api/pages/${page.id}/region`, { body: { box, rotation } });
      if (!read.text) return say(t.region_empty, { kind: "warn" });
      input.value = read.text;
    } catch (error) { return complain(error); }
    return undefined;
  },
});

async function next() {
  for (kind of ["disputes", "blind"]) {
    task = await call("POST", `/api/reviews/${kind}/next`, { body: {} });
    if (task.record) return show();
  }
  for (const id of ["aside", "sheets"]) byId(id).hidden = true;
  byId("nothing").hidden = false;
  sheets.show([]);
  byId("nothing").querySelector("a").focus();
  return undefined;
}

async function show() {
  byId("aside").classList.remove("early");
  byId("problem").replaceChildren();
  const [types, ...pages] = await Promise.all([typeChoices(), ...[...task.pages, ...task.receipt].map((page) => call("GET", `/api/pages/${page}`))]);
  for (const id of ["aside", "sheets"]) byId(id).hidden = false;
  byId("nothing").hidden = true;
  warned = false;
  byId("task").textContent = kind === "blind" ? t.blind_task : t.dispute_task;
  byId("why").textContent = kind === "blind" ? t.blind_why : t.dispute_why;
  const asked = kind === "blind" ? task.fields.map((field) => ({ field, candidates: [] })) : task.disputes;
  form.replaceChildren(...asked.map(({ field, candidates }) => asking(field, candidates, types)));
  const type = byId("f-document_type"), dossier = byId("f-dossier");
  if (type) combobox(type, { find: (text) => byLetters(types, text), onchoose: (item) => choose(type, item.value, item.label) });
  if (dossier) combobox(dossier, { find: (text) => findDossiers([], text), wait: 120, onchoose: onward });
  sheets.show(pages);
  form.querySelector("input").focus();
}

function asking(field, candidates, types) {
  const input = el("input", { id: `f-${field}`, name: field, autocomplete: "off", spellcheck: "false" });
  const named = (value) => (field === "document_type" && types.find((one) => one.value === value)?.label) || shown(value);
  const offers = candidates.map((value) => el("button", { type: "button", onclick: () => choose(input, value, named(value)) }, named(value) || t.empty_value));
  const note = field === "dossier" && task.receipt.length ? el("p", { class: "note" }, fill(t.on_receipt, { n: task.pages.length + 1 })) : null;
  return el("div", { class: "field" }, el("label", { for: input.id }, word("field_", field)), input, note, offers.length ? el("div", { class: "offers", role: "group", "aria-label": t.candidates }, offers) : null);
}

// One of what is offered; for a type its code is what counts.
function choose(input, code, label) {
  input.value = label;
  Object.assign(input.dataset, { code, label });
  onward();
}
function onward() { (empty()[0] ?? byId("confirm")).focus(); }

// Fields of which nothing has been said: neither a value nor, where two readings differ, that there is none.
const empty = () => [...form.querySelectorAll("input")].filter((input) => !input.value.trim() && input.dataset.code !== "");

function values() {
  return Object.fromEntries([...form.querySelectorAll("input")].map((input) => {
    const text = input.value.replace(/\s+/g, " ").trim();
    if (input.name === "document_type") {
      if (text && text !== input.dataset.label) throw wrong(input, t.choose_type);
      return [input.name, text ? input.dataset.code : null];
    }
    if (text && dated(input.name) && !iso(text)) throw wrong(input, t.no_date);
    return [input.name, text ? iso(text) ?? text : null];
  }));
}
const dated = (name) => name === "issue_date" || task.disputes?.some((one) => one.field === name && one.candidates.some(isIso));
function wrong(input, text) {
  input.focus();
  return new Error(text);
}

async function send() {
  if (busy) return undefined;
  const left = empty();
  if (left.length && !warned) {
    warned = true;
    left[0].focus();
    return say(fill(t.left_empty, { n: left.length }), { kind: "warn" });
  }
  busy = true;
  try {
    const done = await call("PUT", `/api/reviews/${kind}/${task.record}`, { body: { fields: values() } });
    say(done?.corrected?.length ? fill(t.corrected, { n: done.corrected.length }) : t.sent);
    await next();
  } catch (error) { refused(error); } finally { busy = false; }
  return undefined;
}

// Somebody else has it, or has done it: nothing is left to do here.
function refused(error) {
  if (!GONE.includes(error.code)) return complain(error);
  const on = el("button", { type: "button", onclick: () => next().catch(complain) }, t.next_paper);
  byId("problem").replaceChildren(el("div", { class: "bad", role: "alert" }, el("p", {}, error.message), el("p", {}, on)));
  return on.focus();
}

// Whoever reads slowly keeps the paper.
setInterval(() => { if (task?.record) call("PUT", `/api/records/${task.record}/lease`).catch(() => {}); }, RENEWED);

form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.isComposing || event.defaultPrevented || event.target.localName !== "input") return;
  event.preventDefault();
  const all = [...form.querySelectorAll("input")];
  (all[all.indexOf(event.target) + 1] ?? byId("confirm")).focus();
});
addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter" && !byId("aside").hidden) { event.preventDefault(); send(); }
  if (event.key === "PageDown" || event.key === "PageUp") { event.preventDefault(); sheets.next(event.key === "PageDown" ? 1 : -1); }
});

function early(...nodes) {
  byId("aside").hidden = false;
  byId("aside").classList.add("early");
  byId("problem").replaceChildren(...nodes);
}
const waits = setTimeout(() => early(el("p", { class: "state loading" }, t.loading)), 500);
next().catch((error) => early(failure(error, () => location.reload()))).finally(() => clearTimeout(waits));
