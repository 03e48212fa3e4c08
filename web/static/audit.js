import { call } from "./api.js";
import { byId, el, moment } from "./dom.js";
import { t } from "./page.js";
import { fillWith, partByPart } from "./states.js";

const details = (facts) => Object.entries(facts).map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", ");

const row = (entry) => el("tr", {}, el("td", { class: "n", title: entry.hash }, entry.sequence), el("td", {}, moment(entry.at)), el("td", {}, entry.actor),
  el("td", { class: "code" }, entry.action), el("td", { class: "code" }, entry.subject), el("td", {}, details(entry.details)));

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
});
byId("asked").addEventListener("submit", (event) => { event.preventDefault(); show(); });
show();
