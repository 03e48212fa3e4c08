// What is accepted, what it rests on, whether the promise is kept; the administrator changes it here.
import { call } from "./api.js";
import { typeNames } from "./catalogue.js";
import { byId, el, moment, number, percent } from "./dom.js";
import { showIndicators } from "./indicators.js";
import { fill, t, word } from "./page.js";
import { listen, showRules } from "./policy_rules.js";
import { complain, say } from "./say.js";
import { fillWith } from "./states.js";

const share = (value) => percent(100 * value);
const table = (heads, rows) => el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, rows));
const count = (value) => el("td", { class: "n" }, number(value));
let kinds = new Map();
const seconds = (shares) => Object.entries(shares).map(([field, one]) => `${field === "*" ? t.every_field : word("field_", field)} ${share(one)}`).join(", ");
const kind = (code) => (code === "*" ? t.all_types : kinds.get(code) ?? code);

function threshold(one) {
  const state = one.stopped ? el("span", { class: "tag bad" }, t.stopped) : el("span", { class: "tag good" }, t.in_force);
  return el("tr", {}, el("th", { scope: "row" }, word("field_", one.field)), el("td", {}, kind(one.document_type)), el("td", { class: "n" }, one.confidence.toFixed(3)),
    count(one.checked), count(one.wrong), el("td", { class: "n" }, share(one.limit)), el("td", {}, state, " ", one.source === "prior" && el("span", { class: "tag warn" }, t.prior)));
}

// The fewest checked values without a mistake that hold such a promise (Clopper and Pearson's exact limit).
const needed = ({ bound, certainty }) => Math.ceil(Math.log(1 - certainty) / Math.log(1 - bound));

function shown(policy) {
  showRules(policy);
  byId("current").replaceChildren(
    el("p", {}, fill(t.promise, { bound: share(policy.bound), certainty: share(policy.certainty) })),
    el("p", { class: policy.thresholds.length ? "good" : "warn" }, policy.thresholds.length ? word("mode_", policy.mode) : fill(t.nothing_yet, { n: number(needed(policy)) })));
  const heads = [t.field, t.type, t.confidence, t.checked, t.wrong, t.limit, t.state];
  return policy.thresholds.length ? table(heads, policy.thresholds.map(threshold)) : [];
}

const show = () => {
  fillWith(byId("thresholds"), async () => {
    kinds = await typeNames();
    return shown(await call("GET", "/api/policy"));
  });
  fillWith(byId("estimates"), async () => {
    const by = byId("by").value;
    const { items } = await call("GET", `/api/policy/estimates?by=${by}`);
    const name = { field: (key) => word("field_", key), type: kind, station: (key) => key }[by];
    const row = (one) => el("tr", {}, el("th", { scope: "row" }, name(one.key)), count(one.checked), count(one.wrong), count(one.open),
      el("td", { class: "n" }, one.checked ? share(one.rate) : "N/A"), el("td", { class: "n" }, one.checked ? `${share(one.over)} – ${share(one.under)}` : "N/A"));
    return items.length ? table([t[`by_${by}`], t.checked, t.wrong, t.open, t.estimate, t.interval], items.map(row)) : [];
  }, { empty: t.none_checked });
  fillWith(byId("history"), async () => {
    const { items } = await call("GET", "/api/policy/history");
    const row = (one) => el("tr", {}, count(one.version), el("td", {}, moment(one.at)), el("td", {}, one.actor), el("td", {}, word("reason_", one.reason)),
      el("td", {}, word("mode_", one.mode)), el("td", { class: "n" }, share(one.bound)), el("td", { class: "n" }, share(one.certainty)),
      el("td", {}, one.always.map((field) => word("field_", field)).join(", ")), el("td", {}, seconds(one.second)), count(one.thresholds.length));
    return items.length ? table([t.version, t.at, t.actor, t.reason, t.mode, t.bound, t.certainty, t.always, t.second, t.accepting], items.map(row)) : [];
  });
};

byId("fit")?.addEventListener("click", async () => {
  try {
    const policy = await call("POST", "/api/policy/fit", { body: {} });
    say(fill(t.saved, { n: policy.version }));
    show();
  } catch (error) { complain(error); }
});
listen(show);
byId("by").addEventListener("change", show);
show();
showIndicators();
