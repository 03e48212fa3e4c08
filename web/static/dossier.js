// A code leads to its dossier; without one, the dossiers in the order of reception.
import { call } from "./api.js";
import { procedureNames, typeNames, unitNames } from "./catalogue.js";
import { byId, day, el, moment, number } from "./dom.js";
import { showChecklist } from "./dossier_checklist.js";
import { fill, params, t, word } from "./page.js";
import { fillWith, partByPart } from "./states.js";

let kinds = new Map(), units = new Map(), procedures = new Map();
const address = (code) => `/dossiers/${encodeURIComponent(code)}`;
const fact = (name, value) => (value ? [el("div", {}, el("dt", {}, name), el("dd", {}, value))] : []);

const learn = async () => { [kinds, units, procedures] = await Promise.all([typeNames(), unitNames(), procedureNames()]); };

// --- one dossier ---

const VERDICTS = { filed: "good", missing: "bad", not_yet: "warn", not_needed: "good" };

const verdict = ({ result }) => el("p", { class: `${VERDICTS[result]} verdict` }, word("result_", result));

function paper(record, show) {
  const name = kinds.get(record.document_type) ?? record.document_type;
  const pdf = record.state === "filed" && el("button", { type: "button", "aria-label": fill(t.pdf_of, { name }), onclick: () => show(`/api/records/${record.id}/pdf`, name) }, t.pdf);
  return el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, record.role ? word("role_", record.role) : ""), el("td", {}, el("span", { class: "tag" }, word("record_", record.state))),
    el("td", { class: "n" }, number(record.page_count)), el("td", {}, day(record.created_at)), el("td", {}, el("a", { class: "button", href: `/verify/${record.id}` }, t.open_paper), " ", pdf));
}

// A searchable PDF in the page, by the browser's own viewer.
function viewerIn(shown) {
  return (source, name) => {
    shown.replaceChildren(el("h2", {}, fill(t.pdf_of, { name })), el("p", {}, el("a", { href: source, target: "_blank", rel: "noopener" }, t.new_window)),
      el("iframe", { class: "pdf", src: source, title: fill(t.pdf_of, { name }) }));
    shown.scrollIntoView({ block: "start" });
  };
}

function event(one, papers) {
  const record = papers.get(one.record), about = record ? kinds.get(record.document_type) ?? record.document_type : one.component ?? "";
  const why = [one.reason && word("exempt_", one.reason), one.site && (units.get(one.site) ?? one.site)].filter(Boolean).join(", ");
  return el("tr", {}, el("td", {}, moment(one.at)), el("td", {}, word("event_", one.action)), el("td", {}, [about, why].filter(Boolean).join(": ")), el("td", {}, one.actor.startsWith("import:") ? fill(t.by_import, { who: one.actor.slice(7) }) : one.actor));
}

const table = (heads, rows) => el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => (text ? el("th", { scope: "col" }, text) : el("td"))))), el("tbody", {}, rows));
const section = (title, id, ...content) => el("section", { class: "card", "aria-labelledby": id }, el("h2", { id }, title), content);
const scroll = (id, ...content) => el("div", { class: "scroll", tabindex: "0", role: "group", "aria-labelledby": id }, content);

async function dossier(code) {
  const [found] = await Promise.all([call("GET", `/api/dossiers/${encodeURIComponent(code)}`), learn()]);
  byId("heading").replaceChildren(el("span", { class: "code" }, found.code));
  document.title = `${found.code} · sohoa`;
  const shown = el("div"), show = viewerIn(shown), papers = new Map(found.records.map((record) => [record.id, record]));
  const checklist = scroll("checklist-title"), past = scroll("history-title");
  showChecklist(checklist, found.code, papers, show);
  fillWith(past, async () => {
    const { items } = await call("GET", `/api/dossiers/${encodeURIComponent(found.code)}/history`);
    return items.length ? table([t.at, t.what_happened, t.about, t.actor], items.map((one) => event(one, papers))) : [];
  });
  return [
    el("p", { class: "on-screen" }, el("a", { href: "/dossiers" }, t.to_list)), verdict(found),
    el("dl", { class: "facts" }, fact(t.procedure, procedures.get(found.procedure) ?? found.procedure), fact(t.unit_of, units.get(found.unit) ?? found.unit), fact(t.owner, found.owner),
      fact(t.received, day(found.received_at)), fact(t.due, day(found.due_at)), fact(t.finished, day(found.finished_at)), fact(t.returned, day(found.returned_at)),
      fact(t.status, t[`status_${found.status}`] ? fill(t.status_of, { name: t[`status_${found.status}`], code: found.status }) : found.status), fact(t.channel, found.channel && word("channel_", found.channel))),
    section(t.checklist, "checklist-title", checklist),
    section(t.papers, "papers-title", found.records.length
      ? scroll("papers-title", table([t.type, t.role, t.state, t.pages, t.received, ""], found.records.map((record) => paper(record, show))))
      : el("p", { class: "state empty" }, t.no_papers)),
    shown, section(t.history, "history-title", past),
  ];
}

// --- all of them ---

const row = (one) => el("tr", {}, el("td", {}, el("a", { class: "code", href: address(one.code) }, one.code)), el("td", {}, procedures.get(one.procedure) ?? one.procedure),
  el("td", {}, units.get(one.unit) ?? one.unit), el("td", {}, day(one.received_at)), el("td", {}, day(one.due_at)), el("td", {}, day(one.resolved_at)));

async function list() {
  await learn();
  const rows = el("tbody");
  const { items, more } = await partByPart((after) => call("GET", `/api/dossiers?limit=50${after ? `&after=${after}` : ""}`), row, rows);
  if (!items.length) return [];
  const heads = [t.code, t.procedure, t.unit_of, t.received, t.due, t.only_resolved];
  return [el("h2", {}, t.recent), el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), rows)), more];
}

byId("find").addEventListener("submit", (event) => {
  event.preventDefault();
  const code = byId("code").value.trim();
  if (code) location.assign(address(code));
});
fillWith(byId("content"), () => (params.code ? dossier(params.code) : list()), { empty: t.no_dossiers });
