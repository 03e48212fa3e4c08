// Names of what people choose from: asked for once a page, whoever needs them first.
import { call } from "./api.js";
import { el } from "./dom.js";
import { language, t } from "./page.js";

const once = (path, named) => {
  let asked = null;
  return () => (asked ??= call("GET", path).then(({ items }) => new Map(items.map(named)), (error) => { asked = null; throw error; }));
};

// Each gives (a promise of) a Map from code to name.
export const unitNames = once("/api/units", (unit) => [unit.code, unit.name]);
export const typeNames = once("/api/document-types", (kind) => [kind.code, kind[`name_${language}`]]);
export const procedureNames = once("/api/procedures", (law) => [law.code, law.name]);

// Why a component is not digitized, by code; of screens that show the texts of exemptions.
export const exemptReasons = new Map(Object.entries(t).filter(([key]) => /^exempt_[A-Z]/.test(key)).map(([key, name]) => [key.slice(7), name]));

export const options = (names) => [...names].map(([value, name]) => el("option", { value }, name));
