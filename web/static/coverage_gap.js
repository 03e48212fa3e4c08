// The dossiers that make one figure fall short: of the whole table, of a line, of a month, with or without certification,
// of results or of components, now or at the end of a week.
import { call } from "./api.js";
import { age, byId, day, el, number } from "./dom.js";
import { monthName } from "./coverage_charts.js";
import { fill, t, word } from "./page.js";
import { fillWith, partByPart } from "./states.js";

const lastDay = (month) => new Date(Date.UTC(month.slice(0, 4), month.slice(5), 0)).toISOString().slice(0, 10);

// The question of a figure: { by, key, name, month, week, certification, components }, all of them optional.
function narrowed(query, { by, key, month, week, certification }) {
  if (by) [["by", by], ["key", key]].forEach((pair) => query.set(...pair));
  if (certification) query.set("certification", "true");
  if (week) query.set("as_of", week);
  if (!month) return query;
  const [first, last] = [`${month}-01`, lastDay(month)]; // ISO days sort as they follow each other
  if (query.get("from") < first) query.set("from", first);
  if (query.get("to") > last) query.set("to", last);
  return query;
}

const missing = (what) => t[`missing_${what}`] ?? what;

const tag = (kind) => ({ filing_failed: "bad", not_scanned: "" }[kind] ?? "warn");

// `since` names the day from which it has waited: resolved without a result, received without its components.
function line(dossier, units, since) {
  const holder = units.get(dossier.held_by) ?? dossier.held_by;
  const lacks = dossier.missing.map(missing).join(", ");
  return el("tr", {}, el("td", {}, el("a", { class: "code", href: `/dossiers/${encodeURIComponent(dossier.code)}` }, dossier.code)),
    el("td", { class: "code" }, dossier.procedure), el("td", {}, since === "received_at" ? `${fill(t.lacks_of, { n: number(dossier.components_missing), of: number(dossier.required) })}: ${lacks}` : lacks),
    el("td", {}, el("span", { class: `tag ${tag(dossier.holding)}` }, word("holding_", dossier.holding)), ` ${holder}`),
    el("td", {}, day(dossier[since])), el("td", {}, age(dossier[since])));
}

// Lists them in #gap, and says in #gap-of which figure they belong to. `all` shows those of the whole table again.
export function showGap(query, figure, units, all) {
  const named = [figure.name, figure.month && monthName(figure.month), figure.week && fill(t.at_end_of, { day: day(figure.week) }), figure.certification && t.with].filter(Boolean);
  const [path, since] = figure.components ? ["component-gap", "received_at"] : ["gap", "resolved_at"];
  byId("gap-title").textContent = figure.components ? t.component_gap_list : t.gap_list;
  byId("gap-hint").textContent = figure.components ? t.component_gap_hint : t.gap_hint;
  byId("gap-of").hidden = !named.length && !figure.components;
  byId("gap-of").replaceChildren(...(named.length ? [`${t.only_these}: `, el("strong", {}, named.join(" · ")), " "] : []), el("button", { type: "button", onclick: all }, t.see_all));
  return fillWith(byId("gap"), async () => {
    const rows = el("tbody"), asked = narrowed(query, figure);
    asked.set("limit", 50);
    const { items, more } = await partByPart((after) => {
      if (after) asked.set("after", after);
      return call("GET", `/api/coverage/${path}?${asked}`);
    }, (dossier) => line(dossier, units, since), rows);
    if (!items.length) return [];
    const heads = [t.code, t.procedure, t.what, t.holder, t[since], t.waits];
    return [el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), rows), more];
  }, { empty: figure.components ? t.no_component_gap : t.no_gap });
}
