// What an administrator decides of the acceptance policy: how far it goes, what it promises, and field by field
// what a person always looks at and what a second one checks.
import { call } from "./api.js";
import { byId, el } from "./dom.js";
import { fill, t, word } from "./page.js";
import { say } from "./say.js";

const FIELDS = Object.keys(t).filter((key) => key.startsWith("field_")).map((key) => key.slice(6));
const FIRST = ["*", "document_type", "dossier"];
const name = (field) => (field === "*" ? t.every_field : word("field_", field));
let seen = 0; // the version that the form shows

const percentOf = (share) => (share ? String(+(100 * share).toFixed(2)) : "");

function line(field, policy) {
  const always = el("input", { type: "checkbox", id: `always-${field}`, checked: policy.always.includes(field), "aria-label": `${t.always}: ${name(field)}` });
  const second = el("input", { type: "number", min: "0", max: "100", step: "0.01", value: percentOf(policy.second[field]), "aria-label": `${t.second}: ${name(field)}` });
  return el("tr", { "data-field": field }, el("th", { scope: "row" }, name(field)), el("td", {}, field !== "*" && always), el("td", { class: "n" }, second));
}

// Fields that the policy speaks of; others are added from the list below them.
export function showRules(policy) {
  if (!byId("change")) return;
  seen = policy.version;
  byId("mode").value = policy.mode;
  byId("bound").value = (100 * policy.bound).toFixed(2);
  byId("certainty").value = +(100 * policy.certainty).toFixed(4);
  const named = [...policy.thresholds.map((one) => one.field), ...policy.always, ...Object.keys(policy.second)];
  const shown = [...new Set([...FIRST, ...named])];
  byId("per-field").replaceChildren(...shown.map((field) => line(field, policy)));
  offer();
}

function offer() {
  const there = new Set([...byId("per-field").children].map((row) => row.dataset.field));
  const left = FIELDS.filter((field) => !there.has(field)).sort((one, other) => name(one).localeCompare(name(other), "vi"));
  byId("more-fields").replaceChildren(el("option", { value: "" }, t.choose_field), ...left.map((field) => el("option", { value: field }, name(field))));
}

function add() {
  const field = byId("more-fields").value;
  if (!field) return;
  const row = line(field, { always: [], second: {} });
  byId("per-field").append(row);
  offer();
  row.querySelector("input").focus();
}

const whole = (input) => Math.round(Number(input.value) * 100) / 10000; // per cent as a share

function asked() {
  const rows = [...byId("per-field").children];
  const second = rows.map((row) => [row.dataset.field, whole(row.querySelector("[type=number]"))]).filter(([, share]) => share);
  return {
    mode: byId("mode").value, bound: whole(byId("bound")), certainty: Number((Number(byId("certainty").value) / 100).toFixed(6)), based_on: seen,
    always: rows.filter((row) => row.querySelector("[type=checkbox]")?.checked).map((row) => row.dataset.field), second: Object.fromEntries(second),
  };
}

// `then` shows the policy again, also when somebody else has changed it meanwhile.
export function listen(then) {
  const wrong = byId("change-wrong");
  byId("change")?.addEventListener("submit", async (event) => {
    event.preventDefault();
    wrong.hidden = true;
    try {
      const policy = await call("PATCH", "/api/policy", { body: asked() });
      say(fill(t.saved, { n: policy.version }));
      then();
    } catch (error) {
      wrong.textContent = error.code === "stale_version" ? t.changed_meanwhile : error.message;
      wrong.hidden = false;
      if (error.code === "stale_version") then();
    }
  });
  byId("add-field")?.addEventListener("click", add);
}
