// What the server put into the page: texts, language, who looks, parameters of the path.
const data = JSON.parse(document.getElementById("page-data").textContent);

export const t = data.texts;
export const language = data.language;
export const viewer = data.viewer;
export const params = data.params;

// A text with its blanks filled in: fill(t.minutes, { n: 3 }).
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// The text under a key that data brings, else the key itself: word("batch_", batch.state).
export const word = (prefix, key) => t[prefix + key] ?? key;
