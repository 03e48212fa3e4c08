// The period that a screen begins with: the one in its address, else this year, or, before its first dossier, the year
// of the newest one.
import { call } from "./api.js";
import { byId, today } from "./dom.js";

// Fills #from and #to; throws what the server refuses, with this year in the fields.
export async function beginWith(saved) {
  const day = today(), year = day.slice(0, 4);
  [byId("from").value, byId("to").value] = [saved.get("from") ?? `${year}-01-01`, saved.get("to") ?? day];
  if (saved.has("from") || saved.has("to")) return;
  const { rows } = await call("GET", `/api/coverage?by=month&from=1990-01-01&to=${day}`);
  const newest = rows.at(-1)?.key.slice(0, 4);
  if (newest && newest !== year) [byId("from").value, byId("to").value] = [`${newest}-01-01`, `${newest}-12-31`];
}
