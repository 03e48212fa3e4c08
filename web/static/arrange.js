// Pages in the wrong paper, in the wrong order or on their head: part, join, sort and turn; and choosing a reason.
import { call } from "./api.js";
import { typeNames } from "./catalogue.js";
import { el } from "./dom.js";
import { fill, t, word } from "./page.js";
import { complain } from "./say.js";

// A dialog that gives what `build(close)` closes it with; null when it is left.
export function ask(title, build) {
  return new Promise((resolve) => {
    const dialog = el("dialog", { "aria-labelledby": "ask-title" });
    let answer = null;
    const close = (value) => { answer = value; dialog.close(); };
    dialog.append(el("h2", { id: "ask-title" }, title), ...build(close));
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// One of a list of reasons, as large buttons; a number key chooses.
export function askReason(title, prefix, reasons) {
  return ask(title, (close) => {
    const buttons = reasons.map((one, n) => el("button", { type: "button", onclick: () => close(one) }, el("kbd", {}, String(n + 1)), " ", word(prefix, one)));
    const list = el("div", { class: "reasons", onkeydown: (event) => buttons[Number(event.key) - 1]?.click() }, buttons);
    return [list, el("p", { class: "actions" }, el("button", { type: "button", onclick: () => close(null) }, t.cancel))];
  });
}

// Gives { before, after }: what puts everything back, and the records that came out; or null. `match()` gives the header
// of the version that is changed.
export function arrange(desk, { match }) {
  const { record } = desk;
  let pages = [...desk.pages], order = pages.map((page) => page.id);
  const starts = new Set(), turns = new Map(), join = new Map();
  return ask(t.arrange, (close) => {
    const list = el("ol", { class: "arrange" }), others = el("div", { class: "join" }), wrong = el("p", { class: "bad", role: "alert" });

    function draw() {
      list.replaceChildren(...order.map((id, n) => {
        const page = pages.find((one) => one.id === id), turn = ((turns.get(id) ?? page.rotation) + 360) % 360, name = `${t.page} ${pages.indexOf(page) + 1}`;
        const button = (text, label, act, disabled) => el("button", { type: "button", "aria-label": `${label}: ${name}`, title: label, disabled, onclick: () => { act(); draw(); list.querySelector(`[data-page="${id}"] button:not(:disabled)`)?.focus(); } }, text);
        return el("li", { "data-page": id, class: starts.has(id) && n > 0 ? "starts" : null },
          el("img", { src: `/api/pages/${id}/image?width=160&rotation=${turn}&v=${page.image.slice(0, 8)}`, alt: name, loading: "lazy" }),
          el("span", {}, name),
          order.length > 2 && el("label", { class: "place" }, t.place, el("input", { type: "number", min: 1, max: order.length, value: n + 1, "aria-label": `${t.place}: ${name}`, onchange: (event) => { move(n, event.target.value); list.querySelector(`[data-page="${id}"] input`)?.focus(); } })),
          el("span", { class: "tools" },
            button("←", t.move_before, () => { [order[n - 1], order[n]] = [order[n], order[n - 1]]; }, n === 0),
            button("→", t.move_after, () => { [order[n + 1], order[n]] = [order[n], order[n + 1]]; }, n === order.length - 1),
            button("↻", t.turn_right, () => turns.set(id, (turn + 90) % 360))),
          n > 0 && el("label", { class: "choice" }, el("input", { type: "checkbox", checked: starts.has(id), onchange: (event) => { if (event.target.checked) starts.add(id); else starts.delete(id); draw(); list.querySelector(`[data-page="${id}"] input[type=checkbox]`)?.focus(); } }), t.starts_here));
      }));
    }
    // A page to any place of a long paper at once.
    function move(from, wanted) {
      const to = Math.min(order.length, Math.max(1, Number(wanted) || from + 1)) - 1;
      order.splice(to, 0, ...order.splice(from, 1));
      draw();
    }
    // The pages of another paper come behind these, to be seen and moved before anything is saved.
    async function take(other, box) {
      const had = join.get(other.id);
      if (box.checked) {
        try {
          const found = await call("GET", `/api/records/${other.id}/desk`);
          if (!box.checked || join.has(other.id)) return;
          join.set(other.id, found);
          pages = [...pages, ...found.pages];
          order.push(...found.pages.map((page) => page.id));
        } catch (error) { box.checked = false; wrong.textContent = error.message; }
      } else if (had) {
        join.delete(other.id);
        const gone = new Set(had.pages.map((page) => page.id));
        pages = pages.filter((page) => !gone.has(page.id));
        order = order.filter((id) => !gone.has(id));
      }
      draw();
    }
    async function findOthers() {
      const [{ items }, kinds] = await Promise.all([call("GET", `/api/records?batch=${record.batch}&state=classified&limit=200`), typeNames()]);
      const found = items.filter((one) => one.id !== record.id);
      others.replaceChildren(...(found.length ? found.map((one) => el("label", { class: "choice" }, el("input", { type: "checkbox", onchange: (event) => take(one, event.target) }),
        fill(t.join_with, { type: kinds.get(one.document_type) ?? one.document_type ?? "?", pages: one.page_count, dossier: one.dossier ?? "" }))) : [el("p", { class: "muted" }, t.join_none)]));
    }
    async function save() {
      const papers = order.reduce((all, id, n) => { if (n && !starts.has(id)) all.at(-1).push(id); else all.push([id]); return all; }, []);
      const turned = [...turns].filter(([id, rotation]) => pages.some((page) => page.id === id && page.rotation !== rotation));
      const was = [desk, ...join.values()].map((one) => one.pages.map((page) => page.id));
      if (JSON.stringify(papers) === JSON.stringify(was) && !turned.length) return close(null);
      const body = { papers, others: [...join.values()].map((one) => ({ record: one.record.id, version: one.record.version })), turns: turned.map(([page, rotation]) => ({ page, rotation })) };
      const before = { papers: was, turns: turned.map(([page]) => ({ page, rotation: pages.find((one) => one.id === page).rotation })) };
      try {
        const { items } = await call("PUT", `/api/records/${record.id}/arrangement`, { body, headers: match() });
        return close({ before, after: items });
      } catch (error) { wrong.textContent = error.message; return undefined; }
    }
    draw();
    findOthers().catch(complain);
    return [el("p", { class: "muted" }, t.arrange_hint), list, el("h3", {}, t.join), others, wrong,
      el("p", { class: "actions" }, el("button", { type: "button", class: "main", onclick: save }, t.save), el("button", { type: "button", onclick: () => close(null) }, t.cancel))];
  });
}
