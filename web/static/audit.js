import { call } from "./api.js";
import { byId, el, moment } from "./dom.js";
import { t, word } from "./page.js";
import { fillWith, partByPart } from "./states.js";

const plain = (name, value) => {
  if (typeof value === "boolean") return value ? t.yes : t.no;
  if (name === "role") return word("role_", value);
  return Array.isArray(value) ? value.join(", ") : typeof value === "object" ? JSON.stringify(value) : value;
};
const details = (facts) => Object.entries(facts).filter(([, value]) => value != null && value !== "" && value.length !== 0)
  .map(([name, value]) => `${word("detail_", name)}: ${plain(name, value)}`).join("; ");

const row = (entry) => el("tr", {}, el("td", { class: "n", title: entry.hash }, entry.sequence), el("td", {}, moment(entry.at)), el("td", {}, entry.actor),
  el("td", { title: entry.action }, word("event_", entry.action)), el("td", { class: "code" }, entry.subject), el("td", {}, details(entry.details)));

function query(after) {
  const asked = new URLSearchParams({ limit: 50, ...(after && { after }) });
  if (byId("about").value.trim()) asked.set("subject", byId("about").value.trim());
  return asked;
}

const show = () => fillWith(byId("list"), async () => {
  const rows = el("tbody"), heads = [t.sequence, t.at, t.actor, t.action, t.subject, t.details];
  const { items, more } = await partByPart((after) => call("GET", `/api/audit?${query(after)}`), row, rows);
  if (!items.length) return [];
  return [el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), rows), more];
}, { empty: byId("about").value.trim() ? t.nothing : t.empty });
byId("asked").addEventListener("submit", (event) => { event.preventDefault(); show(); });
show();
