import { call } from "./api.js";
import { byId, el, moment, number } from "./dom.js";
import { t, word } from "./page.js";
import { fillWith } from "./states.js";

function row(batch) {
  const pages = batch.progress.pages, all = batch.progress.total_pages, done = all - (pages.received ?? 0);
  const bar = el("div", { class: "bar", role: "progressbar", "aria-label": t.pages_read, "aria-valuenow": done, "aria-valuemin": 0, "aria-valuemax": all }, el("i"));
  bar.firstChild.style.width = `${all ? (100 * done) / all : 0}%`;
  const papers = Object.values(batch.progress.records).reduce((a, b) => a + b, 0);
  return el("tr", {}, el("td", {}, moment(batch.opened_at)), el("td", {}, batch.unit), el("td", {}, batch.operator),
    el("td", {}, word("batch_", batch.state)), el("td", { class: "n" }, `${batch.progress.received_files}/${batch.progress.declared_files}`),
    el("td", {}, `${done}/${all} `, bar), el("td", { class: "n" }, number(papers)));
}

const show = () => fillWith(byId("list"), async () => {
  const { items } = await call("GET", "/api/batches?limit=50");
  if (!items.length) return [];
  const heads = [t.opened, t.unit, t.operator, t.state, t.files, t.pages_read, t.papers];
  return el("table", {}, el("thead", {}, el("tr", {}, heads.map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, items.map(row)));
});
show();
setInterval(show, 3000);
