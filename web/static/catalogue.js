// Names of what people choose from: asked for once a page, whoever needs them first.
import { call } from "./api.js";
import { day, el, today } from "./dom.js";
import { fill, language, t } from "./page.js";

const once = (path) => {
  let asked = null;
  return () => (asked ??= call("GET", path).then(({ items }) => items, (error) => { asked = null; throw error; }));
};
const named = (ask, name) => async () => new Map((await ask()).map((one) => [one.code, name(one)]));

export const units = once("/api/units");
export const documentTypes = once("/api/document-types");

// Each gives (a promise of) a Map from code to name.
export const unitNames = named(units, (unit) => unit.name);
export const typeNames = named(documentTypes, (kind) => kind[`name_${language}`]);
export const procedureNames = named(once("/api/procedures"), (law) => law.name);

// Why a component is not digitized, by code; of screens that show the texts of exemptions.
export const exemptReasons = new Map(Object.entries(t).filter(([key]) => /^exempt_[A-Z]/.test(key)).map(([key, name]) => [key.slice(7), name]));

// The units to choose from, those of today first: papers and dossiers keep the unit of their day, and names come again.
export async function unitOptions(wanted = () => true) {
  const all = (await units()).filter(wanted), over = all.filter(ended);
  const choice = (unit, name) => el("option", { value: unit.code }, name);
  return [...all.filter((unit) => !ended(unit)).map((unit) => choice(unit, unit.name)),
    over.length && el("optgroup", { label: t.ended_units }, over.map((unit) => choice(unit, withEnd(unit))))].filter(Boolean);
}
export const ended = (unit) => Boolean(unit.valid_to) && unit.valid_to < today();
export const withEnd = (unit) => (ended(unit) ? `${unit.name} (${fill(t.until, { day: day(unit.valid_to) })})` : unit.name);

export const options = (names) => [...names].map(([value, name]) => el("option", { value }, name));
