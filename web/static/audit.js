import { call } from "./api.js";
import { byId, el, moment } from "./dom.js";
import { t } from "./page.js";
import { complain } from "./say.js";
import { fillWith } from "./states.js";

const details = (facts) => Object.entries(facts).map(([name, value]) => `${name}: ${typeof value === "object" ? JSON.stringify(value) : value}`).join(", ");

const row = (entry) => el("tr", {}, el("td", { class: "n", title: entry.hash }, entry.sequence), el("td", {}, moment(entry.at)), el("td", {}, entry.actor),
  el("td", { class: "code" }, entry.action), el("td", { class: "code" }, entry.subject), el("td", {}, details(entry.details)));

let rows = null;

async function part(after) {
  const asked = new URLSearchParams({ limit: 50 });
  if (byId("about").value.trim()) asked.set("subject", byId("about").value.trim());
  if (after) asked.set("after", after);
  const found = await call("GET", `/api/audit?${asked}`);
  rows.append(...found.items.map(row));
  byId("more").hidden = !found.next;
  byId("more").onclick = () => part(found.next).catch(complain);
  return found.items.length;
}

const show = () => fillWith(byId("list"), async () => {
  rows = el("tbody");
  if (!(await part())) return [];
  const heads = [t.sequence, t.at, t.actor, t.action, t.subject, t.details];
  return el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), rows);
});
byId("asked").addEventListener("submit", (event) => { event.preventDefault(); show(); });
show();
