// Names of what people choose from: asked for once a page, whoever needs them first.
import { call } from "./api.js";
import { el } from "./dom.js";
import { language } from "./page.js";

const once = (path, named) => {
  let asked = null;
  return () => (asked ??= call("GET", path).then(({ items }) => new Map(items.map(named)), (error) => { asked = null; throw error; }));
};

// Each gives (a promise of) a Map from code to name.
export const unitNames = once("/api/units", (unit) => [unit.code, unit.name]);
export const typeNames = once("/api/document-types", (kind) => [kind.code, kind[`name_${language}`]]);
export const procedureNames = once("/api/procedures", (law) => [law.code, law.name]);

export const options = (names) => [...names].map(([value, name]) => el("option", { value }, name));
