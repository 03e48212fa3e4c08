// The papers after the one on the desk: the next is leased and loaded while that one is read, the one behind it loaded.
// One after the other, and nothing before the image that is waited for has come: a weak line carries what is read first.
import { call } from "./api.js";
import { viewer } from "./page.js";

const LEFT = 20000; // milliseconds that a lease must still hold for a paper to be taken up
const KEPT = 4; // papers

// `ask(but)` leases the next paper other than these ids and gives the answer of /api/reviews/next; `see(pages)` loads images
// and gives a promise of them.
export function makeAhead({ ask, see }) {
  const loading = new Map(); // what has come or is coming, by record: { desk: a promise of the answer, seen: one of its images }
  let next = null; // a promise of an answer whose paper is ours

  // A promise that a paper's facts and first images have come, or will not.
  function load(id) {
    if (!id || loading.has(id)) return loading.get(id)?.seen;
    const desk = call("GET", `/api/records/${id}/desk`);
    const seen = desk.then(({ pages }) => see(pages)).catch(() => loading.delete(id));
    loading.set(id, { desk, seen });
    if (loading.size > KEPT) loading.delete(loading.keys().next().value);
    return seen;
  }
  const giveBack = ({ record }) => record && call("DELETE", `/api/records/${record.id}/lease`).catch(() => {});

  return {
    // Begins to fetch what comes after this paper.
    async fetch(current) {
      const coming = next = ask([current]);
      try {
        const found = await coming;
        if (next !== coming) return;
        coming.record = found.record?.id;
        await load(found.record?.id);
        if (next === coming) await load(found.following);
      } catch { if (next === coming) next = null; }
    },
    // The answer that was fetched, now the caller's; null when there is none, or its lease is nearly over.
    async take() {
      const coming = next;
      next = null;
      const found = await coming?.catch(() => null);
      if (!found?.record) return null;
      if (new Date(found.lease.until) - Date.now() > LEFT) return found;
      giveBack(found);
      return null;
    },
    // Gives the leased paper back: the order may have changed, or another one is wanted.
    async drop() {
      const coming = next;
      next = null;
      await coming?.then(giveBack).catch(() => {});
    },
    // The same while the page is being left.
    leave() {
      if (next?.record) release(next.record);
    },
    // A paper with what helps to check it; what was loaded early is used when it is still of this version.
    async desk(id, version = null) {
      const early = await loading.get(id)?.desk.catch(() => null);
      loading.delete(id);
      return early && (version == null || early.record.version === version) ? early : call("GET", `/api/records/${id}/desk`);
    },
  };
}

// Gives a paper back by a request that outlives the page.
export const release = (id) => fetch(`/api/records/${id}/lease`, { method: "DELETE", keepalive: true, headers: { "X-CSRF-Token": viewer.csrf } });
