// The dossiers that make one figure fall short: of the whole table, of a line, of a month, with or without certification.
import { call } from "./api.js";
import { age, byId, day, el } from "./dom.js";
import { monthName } from "./coverage_charts.js";
import { t, word } from "./page.js";
import { fillWith, partByPart } from "./states.js";

const lastDay = (month) => new Date(Date.UTC(month.slice(0, 4), month.slice(5), 0)).toISOString().slice(0, 10);

// The question of a figure: { by, key, name, month, certification }, all of them optional.
function narrowed(query, { by, key, month, certification }) {
  if (by) [["by", by], ["key", key]].forEach((pair) => query.set(...pair));
  if (certification) query.set("certification", "true");
  if (!month) return query;
  const [first, last] = [`${month}-01`, lastDay(month)]; // ISO days sort as they follow each other
  if (query.get("from") < first) query.set("from", first);
  if (query.get("to") > last) query.set("to", last);
  return query;
}

const missing = (what) => t[`missing_${what}`] ?? what;

function line(dossier, units) {
  const holder = units.get(dossier.held_by) ?? dossier.held_by;
  return el("tr", {}, el("td", {}, el("a", { class: "code", href: `/dossiers/${encodeURIComponent(dossier.code)}` }, dossier.code)),
    el("td", { class: "code" }, dossier.procedure), el("td", {}, dossier.missing.map(missing).join(", ")),
    el("td", {}, el("span", { class: `tag ${dossier.holding === "filing_failed" ? "bad" : dossier.holding === "not_scanned" ? "" : "warn"}` }, word("holding_", dossier.holding)), ` ${holder}`),
    el("td", {}, day(dossier.resolved_at)), el("td", {}, age(dossier.resolved_at)));
}

// Lists them in #gap, and says in #gap-of which figure they belong to. `all` shows those of the whole table again.
export function showGap(query, figure, units, all) {
  const named = [figure.name, figure.month && monthName(figure.month), figure.certification && t.with].filter(Boolean);
  byId("gap-of").hidden = !named.length;
  byId("gap-of").replaceChildren(`${t.only_these}: `, el("strong", {}, named.join(" · ")), " ", el("button", { type: "button", onclick: all }, t.see_all));
  return fillWith(byId("gap"), async () => {
    const rows = el("tbody"), asked = narrowed(query, figure);
    asked.set("limit", 50);
    const { items, more } = await partByPart((after) => {
      if (after) asked.set("after", after);
      return call("GET", `/api/coverage/gap?${asked}`);
    }, (dossier) => line(dossier, units), rows);
    if (!items.length) return [];
    const heads = [t.code, t.procedure, t.what, t.holder, t.resolved_at, t.waits];
    return [el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), rows), more];
  }, { empty: t.no_gap });
}
