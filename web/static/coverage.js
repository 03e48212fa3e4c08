import { call } from "./api.js";
import { byId, el, number, percent } from "./dom.js";
import { t } from "./page.js";
import { fillWith } from "./states.js";

const first = byId("from"), last = byId("to");
const query = new URLSearchParams(location.search);
first.value = query.get("from") ?? "2021-12-16";
last.value = query.get("to") ?? "2022-11-30";

const cell = (text) => el("td", { class: "n" }, text);
const rate = (of) => `${percent(of.percent)} (${number(of.numerator)}/${number(of.denominator)})`;
const line = (row, name) => el("tr", {}, el("th", { scope: "row" }, name), cell(number(row.received)), cell(number(row.resolved)),
  cell(rate(row.rate_without_certification)), cell(rate(row.rate)), cell(number(row.gap)));

const show = () => fillWith(byId("table"), async () => {
  const found = await call("GET", `/api/coverage?by=unit&from=${first.value}&to=${last.value}`);
  if (!found.rows.length) return [];
  const heads = [t.received, t.resolved, t.without, t.with, t.gap].map((text) => el("th", { class: "n", scope: "col" }, text));
  return el("table", {}, el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t.unit), heads)),
    el("tbody", {}, found.rows.map((row) => line(row, row.name))), el("tfoot", {}, line(found.total, t.total)));
});

byId("period").addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?from=${first.value}&to=${last.value}`);
  show();
});
show();
