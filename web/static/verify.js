// The queue: what waits under a filter, and with which paper to begin.
import { call } from "./api.js";
import { typeNames, unitNames, unitOptions } from "./catalogue.js";
import { age, byId, day, el, number } from "./dom.js";
import { fill, t, viewer } from "./page.js";
import { reasons } from "./reasons.js";
import { complain, say } from "./say.js";
import { awaited, fillWith } from "./states.js";

const form = byId("filter"), query = new URLSearchParams(location.search);
const COUNTED = 10000; // papers of the queue; a longer one is not counted to its end
let kinds = new Map(), sites = new Map();

const chosen = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value && value !== "any" && value !== "oldest"));

const due = (at) => (at ? el("span", { class: new Date(at) < Date.now() ? "tag bad" : null }, day(at)) : "");

function row(record) {
  const name = kinds.get(record.document_type) ?? record.document_type ?? "?";
  const doubts = reasons(record.review_reasons);
  return el("tr", {}, el("th", { scope: "row" }, el("a", { href: `/desk/${record.id}?${chosen()}`, "aria-label": fill(t.opens, { type: name }) }, name)),
    el("td", { class: "code" }, record.dossier ?? ""), el("td", {}, sites.get(record.unit) ?? record.unit), el("td", { class: "n" }, number(record.page_count)), el("td", { class: "n" }, age(record.created_at)), el("td", {}, due(record.due_at)),
    el("td", {}, doubts || el("span", { class: "tag good" }, t.no_doubt)));
}

// The same conditions as the desk sends when it asks for the next paper.
function asked() {
  const given = chosen(), names = { older: "older_than_hours", due: "due_within_hours" };
  const conditions = new URLSearchParams([...given].map(([name, value]) => [names[name] ?? name, value]));
  return conditions.size ? `/api/reviews?${conditions}` : "/api/reviews";
}

const show = () => fillWith(byId("list"), async () => {
  const [{ items, waiting }, ...names] = await Promise.all([call("GET", asked()), typeNames(), unitNames()]);
  [kinds, sites] = names;
  const told = waiting >= COUNTED ? t.waiting_more : waiting > items.length ? t.waiting_first : t.waiting;
  byId("waiting").textContent = fill(told, { n: number(waiting), m: number(items.length) });
  if (!items.length) return [];
  const heads = [[t.type], [t.dossier], [t.unit], [t.pages, "n"], [t.waits, "n"], [t.due], [t.why]];
  return el("table", {}, el("thead", {}, el("tr", {}, heads.map(([text, kind]) => el("th", { scope: "col", class: kind }, text)))), el("tbody", {}, items.map(row)));
}, { empty: t.nothing });

form.addEventListener("submit", (event) => { event.preventDefault(); location.assign(`/desk?${chosen()}`); });
form.addEventListener("change", () => { history.replaceState(null, "", `?${chosen()}`); show(); });

for (const name of ["order", "doubt", "older", "due"]) if (query.get(name)) byId(name).value = query.get(name);
awaited(byId("list"));
const toChoose = unitOptions((unit) => unit.takes_dossiers).then((choices) => {
  byId("unit").append(...choices);
  if (query.get("unit")) byId("unit").value = query.get("unit");
}).catch(complain);
const listed = query.get("unit") ? toChoose.then(show) : show();
byId("begin")?.focus();

// --- papers that need no look ---

let settled = [];
async function showSettled() {
  const unit = byId("unit").value;
  settled = (await call("GET", `/api/reviews/settled?limit=200${unit ? `&unit=${encodeURIComponent(unit)}` : ""}`)).items;
  byId("settled").hidden = !settled.length;
  byId("settled-text").textContent = fill(t.settled, { n: settled.length });
}
async function settleAll() {
  byId("settle").disabled = true;
  try {
    const { items } = await call("POST", "/api/reviews/settled", { body: { records: settled.map(({ id, version }) => ({ record: id, version })) } });
    const refused = items.filter((one) => one.refusal).length, done = items.length - refused;
    say(refused ? fill(t.settled_some, { n: done, m: refused }) : fill(t.settled_done, { n: done }), { kind: refused ? "warn" : "good" });
    await Promise.all([showSettled(), show()]);
  } catch (error) { complain(error); } finally { byId("settle").disabled = false; }
}
async function showRechecks() {
  const { blind, disputes } = await call("GET", "/api/reviews/blind");
  byId("rechecks").hidden = !(blind + disputes);
  byId("rechecks").textContent = number(blind + disputes);
}
if (["clerk", "administrator"].includes(viewer.role)) {
  byId("settle").addEventListener("click", settleAll);
  listed.then(() => Promise.all([showSettled(), showRechecks()])).catch(complain);
}
