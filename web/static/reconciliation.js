// A day in one line from declared to filed; what falls short is listed, and closed with a reason.
import { call } from "./api.js";
import { unitNames } from "./catalogue.js";
import { byId, el, moment, number, today } from "./dom.js";
import { fill, t, viewer, word } from "./page.js";
import { fillWith, partByPart } from "./states.js";

// Each step with the one before it, of which it must have as many (what was set aside or refused is accounted for).
const FILES = ["declared", "withdrawn", "received", "stored", "refused"];
const PAGES = ["pages", "read", "classified", "tagged", "verified", "filed", "set_aside"];
const mayClose = ["clerk", "administrator"].includes(viewer.role);
byId("day").value = new URLSearchParams(location.search).get("day") ?? today();
let names = new Map(), units = new Map();

function chain(title, steps, counts) {
  return [el("h2", {}, title), el("ol", { class: "chain" }, steps.map((step) => el("li", {}, el("b", {}, number(counts[step])), word("step_", step))))];
}

function stations(lines) {
  if (!lines.length) return [];
  const steps = ["declared", "stored", "pages", "read", "verified", "filed"];
  const heads = [t.station, t.unit, t.batches, ...steps.map((step) => word("step_", step)), t.open, t.closed];
  const row = (one) => el("tr", {}, el("th", { scope: "row" }, names.get(one.station) ?? one.station), el("td", {}, units.get(one.unit) ?? one.unit), el("td", { class: "n" }, number(one.batches)),
    steps.map((step) => el("td", { class: "n" }, number(one.counts[step]))), el("td", { class: "n" }, one.open_differences ? el("span", { class: "tag bad" }, number(one.open_differences)) : ""),
    el("td", { class: "n" }, one.closed_differences || ""));
  return [el("h2", {}, t.stations), el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, lines.map(row))))];
}

const showDay = () => fillWith(byId("day-state"), async () => {
  const asked = new URLSearchParams({ day: byId("day").value, check_objects: byId("objects").checked });
  const [found, all, known] = await Promise.all([call("GET", `/api/reconciliation?${asked}`), call("GET", "/api/stations"), unitNames()]);
  units = known;
  names = new Map(all.items.map((one) => [one.id, one.name]));
  if (!found.batches.length) return [];
  const verdict = found.open_differences ? el("p", { class: "bad" }, fill(t.not_balanced, { n: number(found.open_differences) })) : el("p", { class: "good" }, t.balanced);
  return [verdict, chain(t.files, FILES, found.total), chain(t.pages_of, PAGES, found.total), stations(found.stations)].flat(2);
}, { empty: t.nothing_scanned });

function difference(one) {
  const where = fill(one.page ? t.at_page : t.at_file, one);
  const state = one.reason ? fill(t.closed_by, { who: one.closed_by, at: moment(one.closed_at), reason: one.reason })
    : mayClose && el("button", { type: "button", onclick: () => ask(one, where) }, t.end);
  return el("tr", {}, el("td", {}, word("kind_", one.kind)), el("td", {}, where),
    el("td", {}, el("a", { class: "code", href: `/batches/${one.batch}` }, one.batch.slice(0, 8))), el("td", {}, state));
}

const showDifferences = () => fillWith(byId("differences"), async () => {
  const rows = el("tbody");
  const { items, more } = await partByPart((after) => call("GET", `/api/differences?day=${byId("day").value}&limit=100${after ? `&after=${after}` : ""}`), difference, rows);
  if (!items.length) return [];
  return [el("table", {}, el("thead", {}, el("tr", {}, [t.what, t.where, t.batch, t.closed].map((text) => el("th", { scope: "col" }, text)))), rows), more];
}, { empty: t.none });

let asked = null;

function ask(one, where) {
  asked = one;
  byId("closing-what").textContent = `${word("kind_", one.kind)}, ${where}`;
  byId("reason").value = "";
  byId("wrong").hidden = true;
  byId("closing").showModal();
}

byId("closing").querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await call("PUT", `/api/batches/${asked.batch}/differences/${asked.kind}/${encodeURIComponent(asked.subject)}`, { body: { reason: byId("reason").value.trim() } });
    byId("closing").close();
    show();
  } catch (error) {
    byId("wrong").textContent = error.message;
    byId("wrong").hidden = false;
  }
});
byId("cancel").addEventListener("click", () => byId("closing").close());

function show() {
  history.replaceState(null, "", `?day=${byId("day").value}`);
  showDay();
  showDifferences();
}
byId("asked").addEventListener("submit", (event) => { event.preventDefault(); show(); });
show();
