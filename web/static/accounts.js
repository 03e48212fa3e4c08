// Accounts in a table; one dialog to add or to change. Accounts are locked, never deleted: the history names them.
import { call } from "./api.js";
import { ended, unitNames, units as allUnits, withEnd } from "./catalogue.js";
import { byId, day, el } from "./dom.js";
import { fill, t, word } from "./page.js";
import { complain, say } from "./say.js";
import { fillWith } from "./states.js";

let units = new Map();
let edited = null; // the account in the dialog; null: a new one

const reach = (person) => (person.everywhere ? t.everywhere : person.units.map((code) => units.get(code) ?? code).join(", "));

const row = (person) => el("tr", {}, el("th", { scope: "row" }, person.name), el("td", {}, word("role_", person.role)), el("td", {}, reach(person)),
  el("td", {}, el("span", { class: `tag ${person.active ? "good" : "bad"}` }, person.active ? t.active : t.locked)),
  el("td", {}, el("button", { type: "button", "aria-label": `${t.change}: ${person.name}`, onclick: () => edit(person) }, t.change), " ",
    el("button", { type: "button", class: person.active ? "danger" : "", "aria-label": `${person.active ? t.lock : t.unlock}: ${person.name}`, onclick: () => toggle(person) }, person.active ? t.lock : t.unlock)));

const show = () => fillWith(byId("list"), async () => {
  const [{ items }, names] = await Promise.all([call("GET", "/api/staff"), unitNames()]);
  units = names;
  const heads = [t.name, t.role, t.units, t.state];
  return el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)), el("td", {}))), el("tbody", {}, items.map(row)));
});

// Org units live in time: what has ended stays, because dossiers keep the unit of their day.
fillWith(byId("unit-list"), async () => {
  const { items } = await call("GET", "/api/units");
  const names = new Map(items.map((one) => [one.code, one.name]));
  const span = (one) => `${one.valid_from ? day(one.valid_from) : t.since_ever} – ${one.valid_to ? day(one.valid_to) : t.until_now}`;
  const line = (one) => el("tr", {}, el("td", { class: "code" }, one.code), el("th", { scope: "row" }, one.name), el("td", {}, names.get(one.parent) ?? one.parent ?? ""), el("td", {}, one.takes_dossiers ? t.yes : ""), el("td", { class: "span" }, span(one)));
  const heads = [t.code, t.unit, t.parent, t.takes_dossiers, t.in_force_days];
  return items.length ? el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, items.map(line))) : [];
});

async function toggle(person) {
  try {
    await call("PATCH", `/api/staff/${person.id}`, { body: { active: !person.active } });
    await show();
  } catch (error) { complain(error); }
}

async function edit(person) {
  let known;
  try { known = await allUnits(); } catch (error) { complain(error); return; }
  edited = person;
  byId("editing-title").textContent = person ? `${t.change}: ${person.name}` : t.add;
  byId("name").value = person?.name ?? "";
  byId("name").disabled = Boolean(person);
  byId("role").value = person?.role ?? "clerk";
  byId("everywhere").checked = person?.everywhere ?? false;
  byId("password").value = "";
  byId("password").required = !person;
  byId("password-label").textContent = person ? t.new_password : t.first_password;
  const chosen = new Set(person?.units);
  const all = [...known].sort((one, other) => ended(one) - ended(other));
  byId("units").replaceChildren(...all.map((unit) => el("div", { class: "check" },
    el("input", { type: "checkbox", id: `unit-${unit.code}`, value: unit.code, checked: chosen.has(unit.code) }), el("label", { for: `unit-${unit.code}` }, withEnd(unit)))));
  byId("wrong").hidden = true;
  reachable();
  byId("editing").showModal();
}

// An administrator reaches the whole office, whatever is ticked.
function reachable() {
  const all = byId("role").value === "administrator";
  byId("everywhere").disabled = all;
  if (all) byId("everywhere").checked = true;
  byId("of-units").hidden = byId("everywhere").checked;
}

function given() {
  const chosen = [...byId("units").querySelectorAll("input:checked")].map((box) => box.value);
  const body = { role: byId("role").value, units: chosen, everywhere: byId("everywhere").checked };
  if (byId("password").value) body.password = byId("password").value;
  return edited ? body : { ...body, name: byId("name").value.trim() };
}

byId("editing").querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const path = edited ? `/api/staff/${edited.id}` : "/api/staff";
    const saved = await call(edited ? "PATCH" : "POST", path, { body: given() });
    byId("editing").close();
    say(fill(t.saved, { name: saved.name }));
    await show();
  } catch (error) {
    byId("wrong").textContent = error.message;
    byId("wrong").hidden = false;
  }
});
byId("role").addEventListener("change", reachable);
byId("everywhere").addEventListener("change", reachable);
byId("add").addEventListener("click", () => edit(null));
byId("cancel").addEventListener("click", () => byId("editing").close());
show();
