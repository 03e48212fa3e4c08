// Files that are sent from the browser, for a station without the program: declared, sent one by one, completed.
import { call, request } from "./api.js";
import { el } from "./dom.js";
import { fill, t, viewer } from "./page.js";
import { digestOf, uuid } from "./sha256.js";

const TRIES = 4;
const WITHDRAWN = new Set(["empty_file", "unsupported_media_type", "file_too_large", "fixity_mismatch"]);
const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

// The bytes of a file to an address, with their SHA-256. A broken line is tried again: nothing is received twice.
export async function send(path, file, digest = null) {
  const sum = digest ?? await digestOf(file);
  for (let n = 1; ; n += 1) {
    try {
      return (await request("PUT", path, { raw: file, headers: { "Content-Type": "application/octet-stream", "X-Content-SHA256": sum } })).json;
    } catch (error) {
      if (n === TRIES || (error.code !== "offline" && error.status !== 503)) throw error;
      await wait(1000 * n);
    }
  }
}

// Sends files as one batch of a station; shows each one's fate in `list`. Gives the batch's id.
export async function sendBatch(files, station, list) {
  const rows = files.map((file) => el("li", {}, el("span", {}, file.name), " ", el("span", { class: "tag" }, t.up_waits)));
  const say = (n, text, kind = "") => { rows[n].lastChild.className = `tag ${kind}`; rows[n].lastChild.textContent = text; };
  list.replaceChildren(...rows);
  const sums = [];
  for (const file of files) sums.push(await digestOf(file));
  const batch = uuid();
  await call("POST", "/api/batches", { body: { id: batch, operator: viewer.name, station, files: files.map((file, n) => ({ sequence: n + 1, name: file.name.slice(0, 200), sha256: sums[n], size: file.size })) } });
  let failed = 0;
  for (const [n, file] of files.entries()) {
    say(n, t.up_sending);
    try {
      const stored = await send(`/api/batches/${batch}/files/${n + 1}`, file, sums[n]);
      say(n, stored.duplicate_of ? t.up_duplicate : t.up_stored, stored.duplicate_of ? "warn" : "good");
    } catch (error) {
      failed += 1;
      say(n, error.message, "bad");
      const reason = WITHDRAWN.has(error.code) ? error.code : "unwanted";
      await call("PUT", `/api/batches/${batch}/files/${n + 1}/withdrawal`, { body: { reason } }).catch(() => {});
    }
  }
  if (failed < files.length) await call("POST", `/api/batches/${batch}/complete`);
  return { batch, failed };
}

// An area that takes dropped files, and a button for those who do not drag.
export function dropZone(zone, input, onfiles) {
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => { event.preventDefault(); onfiles([...event.dataTransfer.files]); });
  input.addEventListener("change", () => { onfiles([...input.files]); input.value = ""; });
}

export const sizes = (files) => fill(t.up_chosen, { n: files.length, mb: (files.reduce((sum, file) => sum + file.size, 0) / 1048576).toFixed(1) });
