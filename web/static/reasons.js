// Why a person must look, and what is wrong with a scan, in words.
import { fill, t, word } from "./page.js";

// "field_unsure:subject" → "chưa chắc: Trích yếu"
export function reason(stored) {
  const [name, about] = stored.split(":");
  const field = name === "quality" ? t[`short_${about}`] ?? word("quality_", about) : word("field_", about);
  return fill(word("reason_", name), { field });
}

// Many reasons in one line, those of one kind together: "chưa chắc: Số, ký hiệu; Người ký · có trang không đọc được"
export function reasons(stored) {
  const kinds = new Map();
  for (const one of stored) {
    const [name, about] = one.split(":");
    kinds.set(name, [...(kinds.get(name) ?? []), ...(about ? [name === "quality" ? t[`short_${about}`] ?? word("quality_", about) : word("field_", about)] : [])]);
  }
  return [...kinds].map(([name, fields]) => fill(word("reason_", name), { field: fields.join("; ") })).join(" · ");
}

// A quality flag of a page with its figures: "bị cắt mép phải".
export function flaw(code, quality) {
  const edges = (quality.cut_edges ?? []).map((edge) => word("edge_", edge)).join(", ");
  return fill(word("quality_", code), { dpi: quality.dpi, skew: quality.skew.toFixed(1), colour: word("colour_", quality.colour), edges });
}
