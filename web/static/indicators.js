// The indicators of Decision 766 from day to day, every version that was entered, and an administrator's new ones.
import { call } from "./api.js";
import { ask, labelled } from "./ask.js";
import { byId, day, el, moment, number, percent, today } from "./dom.js";
import { fill, t, viewer, word } from "./page.js";
import { complain, say } from "./say.js";
import { fillWith } from "./states.js";

const administers = viewer.role === "administrator";
const STATUS = { planned: "warn", in_force: "good", withdrawn: "bad" };
const table = (heads, rows) => el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => (text ? el("th", { scope: "col" }, text) : el("td", {}))))), el("tbody", {}, rows));
const share = (value) => el("td", { class: "n" }, value == null ? t.not_given : percent(100 * value));
const points = (value) => el("td", { class: "n" }, value == null ? t.not_given : number(value));
const span = (one) => `${one.valid_from ? day(one.valid_from) : t.since_ever} – ${one.valid_to ? day(one.valid_to) : one.valid_from > today() ? t.onwards : t.until_now}`;

// The rule of each day; what is changed is the last one, from a day on.
const showRules = () => fillWith(byId("indicators"), async () => {
  const { items } = await call("GET", "/api/indicators");
  const own = items.filter((one) => /^\d/.test(one.id)); // the last line of the list is the sum of a group
  const last = (one) => own.findLast((other) => other.id === one.id) === one;
  const enter = (one) => el("button", { type: "button", "aria-label": `${t.enter_rule}: ${one.id} ${one.name}`, onclick: () => entering(one) }, t.enter_rule);
  const row = (one) => el("tr", {}, el("td", { class: "code" }, one.id), el("th", { scope: "row" }, one.name), share(one.threshold), points(one.max_points),
    el("td", { class: "span" }, span(one)), administers && el("td", { class: "do" }, last(one) && enter(one)));
  const heads = [t.number, t.indicator, t.full_points, t.points, t.in_force_days, ...(administers ? [""] : [])];
  return own.length ? table(heads, own.map(row)) : [];
});

const showEntered = () => fillWith(byId("rule-history"), async () => {
  const { items } = await call("GET", "/api/indicators/history");
  const who = (one) => [`${one.actor}, ${moment(one.at)}`, one.withdrawn_at && el("div", { class: "muted" }, fill(t.withdrawn_by, { who: one.withdrawn_by, at: moment(one.withdrawn_at) }))];
  const take = (one) => el("button", { type: "button", class: "danger", "aria-label": `${t.withdraw}: ${one.indicator}, ${day(one.valid_from)}`, onclick: () => withdraw(one) }, t.withdraw);
  const row = (one) => el("tr", {}, el("th", { scope: "row", class: "code" }, one.indicator), count(one.version), el("td", {}, day(one.valid_from)), share(one.threshold), points(one.max_points), el("td", {}, one.source),
    el("td", {}, who(one)), el("td", {}, el("span", { class: `tag ${STATUS[one.status] ?? ""}` }, word("rule_", one.status))), administers && el("td", { class: "do" }, one.status === "planned" && take(one)));
  const heads = [t.number, t.version, t.rule_from, t.full_points, t.points, t.rule_source, t.entered, t.state, ...(administers ? [""] : [])];
  return items.length ? table(heads, items.map(row)) : [];
}, { empty: t.none_entered });

const count = (value) => el("td", { class: "n" }, number(value));

function entering(one) {
  const from = el("input", { id: "rule-from", type: "date", required: true, min: "2000-01-01", max: "2100-01-01", value: today(), "aria-describedby": "rule-past" });
  const past = el("p", { id: "rule-past", class: "warn", role: "status", hidden: true }, t.rule_in_the_past);
  const threshold = el("input", { id: "rule-threshold", type: "number", min: "0.01", max: "100", step: "0.01", value: one.threshold == null ? "" : +(100 * one.threshold).toFixed(4), "aria-describedby": "rule-hint" });
  const most = el("input", { id: "rule-points", type: "number", min: "0", max: "100", step: "0.01", value: one.max_points ?? "" });
  const source = el("input", { id: "rule-source", required: true, maxlength: 200, placeholder: t.rule_source_example });
  from.addEventListener("input", () => { past.hidden = !from.value || from.value >= today(); });
  const value = (input) => (input.value === "" ? null : Number(input.value));
  ask(`${t.enter_rule}: ${one.id}`, [el("p", {}, one.name), labelled(t.rule_from, from), past, labelled(t.full_points_percent, threshold), labelled(t.points, most),
    el("p", { id: "rule-hint", class: "muted" }, t.rule_hint), labelled(t.rule_source, source)], async () => {
    const share = value(threshold);
    const body = { valid_from: from.value, threshold: share == null ? null : Math.round(share * 100) / 10000, max_points: value(most), source: source.value };
    const saved = await call("POST", `/api/indicators/${encodeURIComponent(one.id)}/versions`, { body });
    say(fill(t.rule_entered, { id: saved.indicator, day: day(saved.valid_from) }));
    showIndicators();
  });
}

async function withdraw(one) {
  try {
    await call("DELETE", `/api/indicators/${encodeURIComponent(one.indicator)}/versions/${one.version}`);
    say(fill(t.rule_taken_back, { id: one.indicator, day: day(one.valid_from) }));
    showIndicators();
  } catch (error) { complain(error); }
}

export function showIndicators() {
  showRules();
  showEntered();
}
