// Second readings: first what two readings left open, then values to be read again blind.
import { call } from "./api.js";
import { byLetters, combobox } from "./combobox.js";
import { iso } from "./dates.js";
import { byId, el } from "./dom.js";
import { fill, t, word } from "./page.js";
import { documentTypes } from "./paper.js";
import { complain, say } from "./say.js";
import { makeSheets } from "./sheets.js";
import { failure } from "./states.js";

const form = byId("paper");
let task = null, kind = null;

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
  const pages = await Promise.all(task.pages.map((page) => call("GET", `/api/pages/${page}`)));
  const types = await documentTypes();
  for (const id of ["aside", "sheets"]) byId(id).hidden = false;
  byId("nothing").hidden = true;
  byId("problem").replaceChildren();
  byId("task").textContent = kind === "blind" ? t.blind_task : t.dispute_task;
  byId("why").textContent = kind === "blind" ? t.blind_why : t.dispute_why;
  const asked = kind === "blind" ? task.fields.map((field) => ({ field, candidates: [] })) : task.disputes;
  form.replaceChildren(...asked.map(({ field, candidates }) => {
    const input = el("input", { id: `f-${field}`, name: field, autocomplete: "off", spellcheck: "false" });
    const named = (value) => (field === "document_type" && types.find((one) => one.value === value)?.label) || value || t.empty_value;
    const offers = candidates.map((value) => el("button", { type: "button", onclick: () => { input.value = field === "document_type" && value ? named(value) : value; input.dataset.code = value; input.focus(); } }, named(value)));
    return el("div", { class: "field" }, el("label", { for: input.id }, word("field_", field)), input, offers.length ? el("div", { class: "offers" }, offers) : null);
  }));
  const type = byId("f-document_type");
  if (type) combobox(type, { find: (text) => byLetters(types, text), onchoose: (item) => { type.dataset.code = item.value; } });
  sheets.show(pages);
  form.querySelector("input").focus();
}

function values() {
  return Object.fromEntries([...form.querySelectorAll("input")].map((input) => {
    const text = input.value.replace(/\s+/g, " ").trim();
    if (input.name === "document_type") return [input.name, input.dataset.code ?? (text || null)];
    return [input.name, text ? iso(text) ?? text : null];
  }));
}

async function send() {
  try {
    const done = await call("PUT", `/api/reviews/${kind}/${task.record}`, { body: { fields: values() } });
    say(done?.corrected?.length ? fill(t.corrected, { n: done.corrected.length }) : t.sent);
    await next();
  } catch (error) { complain(error); }
}

form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
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
