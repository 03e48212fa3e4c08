// Elements, dates and numbers.
import { fill, language, t } from "./page.js";

// el("a", { href: "/x", onclick: f, class: "main" }, "text", child): null children and false attributes are left out.
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value != null) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child != null && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

const locale = language === "vi" ? "vi-VN" : "en-GB";
const timeZone = "Asia/Ho_Chi_Minh"; // the office's days, whatever the clock of a PC is set to
const days = new Intl.DateTimeFormat(locale, { timeZone, day: "2-digit", month: "2-digit", year: "numeric" });
const times = new Intl.DateTimeFormat(locale, { timeZone, day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" });
const numbers = new Intl.NumberFormat(locale);
const shares = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

const isoDays = new Intl.DateTimeFormat("sv-SE", { timeZone }); // writes 2022-03-03
export const today = () => isoDays.format(new Date());

export const day = (text) => (text ? days.format(new Date(text)) : "");
export const moment = (text) => (text ? times.format(new Date(text)) : "");
export const number = (value) => numbers.format(value);
export const percent = (value) => (value == null ? "N/A" : `${shares.format(value)} %`);

// How long ago: "3 phút", "2 giờ", "5 ngày".
export function age(text) {
  const minutes = Math.floor((Date.now() - new Date(text)) / 60000);
  if (minutes < 1) return t.now;
  if (minutes < 60) return fill(t.minutes, { n: minutes });
  if (minutes < 48 * 60) return fill(t.hours, { n: Math.floor(minutes / 60) });
  return fill(t.days, { n: Math.floor(minutes / 1440) });
}

// The search key of records/vietnamese.py: lower case, no marks, đ as d, single blanks.
export const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").replace(/\s+/g, " ").trim();
