// The queue: what waits under a filter, and with which paper to begin.
import { call } from "./api.js";
import { typeNames } from "./catalogue.js";
import { age, byId, el, number } from "./dom.js";
import { fill, t, viewer } from "./page.js";
import { reason } from "./reasons.js";
import { complain, say } from "./say.js";
import { fillWith } from "./states.js";

const form = byId("filter"), query = new URLSearchParams(location.search);
let kinds = new Map();

const chosen = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value && value !== "any" && value !== "oldest"));

function row(record) {
  const name = kinds.get(record.document_type) ?? record.document_type ?? "?";
  const doubts = record.review_reasons.map(reason);
  return el("tr", {}, el("th", { scope: "row" }, el("a", { href: `/desk/${record.id}?${chosen()}`, "aria-label": fill(t.opens, { type: name }) }, name)),
    el("td", { class: "code" }, record.dossier ?? ""), el("td", {}, record.unit), el("td", { class: "n" }, number(record.page_count)), el("td", { class: "n" }, age(record.created_at)),
    el("td", {}, doubts.length ? doubts.join("; ") : el("span", { class: "tag good" }, t.no_doubt)));
}

function fits(record) {
  const doubt = byId("doubt").value, older = Number(byId("older").value);
  if (doubt !== "any" && (doubt === "some") !== record.review_reasons.length > 0) return false;
  return !older || Date.now() - new Date(record.created_at) >= older * 3600000;
}

const show = () => fillWith(byId("list"), async () => {
  const unit = byId("unit").value;
  const [{ items }, names] = await Promise.all([call("GET", `/api/records?limit=100&state=classified${unit ? `&unit=${encodeURIComponent(unit)}` : ""}`), typeNames()]);
  kinds = names;
  const found = items.filter(fits);
  const by = byId("order").value, weight = (one) => one.review_reasons.length;
  if (by === "most_doubt") found.sort((a, b) => weight(b) - weight(a));
  if (by === "least_doubt") found.sort((a, b) => weight(a) - weight(b));
  if (!found.length) return [];
  const heads = [[t.type], [t.dossier], [t.unit], [t.pages, "n"], [t.waits, "n"], [t.why]];
  return el("table", {}, el("thead", {}, el("tr", {}, heads.map(([text, kind]) => el("th", { scope: "col", class: kind }, text)))), el("tbody", {}, found.slice(0, 100).map(row)));
}, { empty: t.nothing });

form.addEventListener("submit", (event) => { event.preventDefault(); location.assign(`/desk?${chosen()}`); });
form.addEventListener("change", () => { history.replaceState(null, "", `?${chosen()}`); show(); });

for (const name of ["order", "doubt", "older"]) if (query.get(name)) byId(name).value = query.get(name);
call("GET", "/api/units").then(({ items }) => {
  byId("unit").append(...items.filter((unit) => unit.takes_dossiers && !unit.valid_to).map((unit) => el("option", { value: unit.code }, unit.name)));
  if (query.get("unit")) byId("unit").value = query.get("unit");
}).catch(complain).finally(show);
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
if (["clerk", "administrator"].includes(viewer.role)) {
  byId("settle").addEventListener("click", settleAll);
  showSettled().catch(complain);
}
