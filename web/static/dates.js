// Dates as clerks write them (3/3/2022, 03032022) and as the API keeps them (2022-03-03).
const ISO = /^(\d{4})-(\d{2})-(\d{2})$/;
const TYPED = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/;
const DIGITS = /^(\d{2})(\d{2})(\d{4})$/;

export const isIso = (text) => ISO.test(text ?? "");

export const shown = (text) => (isIso(text) ? text.replace(ISO, "$3/$2/$1") : text ?? "");

// The ISO form of what was typed; null when it is no date.
export function iso(text) {
  const found = TYPED.exec(text.trim()) ?? DIGITS.exec(text.trim());
  if (!found) return isIso(text.trim()) ? text.trim() : null;
  const [day, month, year] = found.slice(1).map(Number), date = new Date(Date.UTC(year, month - 1, day));
  const real = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return real ? date.toISOString().slice(0, 10) : null;
}
