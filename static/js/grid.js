// A grid of fields walked like a spreadsheet: arrows and Enter move, Escape takes back what was typed.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const FIELD = "[data-grid] td input:not([type=hidden])";
const fieldOf = (element) => element?.closest?.(FIELD);
const change = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

document.addEventListener("keydown", (event) => {
  const field = fieldOf(event.target);
  if (!field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") field.value = field.defaultValue;
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...field.closest("tbody").rows].map((row) => [...row.querySelectorAll(FIELD)]);
  const row = rows.findIndex((fields) => fields.includes(field));
  const next = rows[row + step[0]]?.[rows[row].indexOf(field) + step[1]];
  if (next) next.focus();
  else field.blur();
});

document.addEventListener("focusin", (event) => fieldOf(event.target)?.select());

// The answer to one field may come while others are typed in: what was not sent yet outlives it, and is sent next.
let sent = {};
let later = {};
let focused = null;

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.querySelector("[data-grid]")) return;
  sent = Object.fromEntries([...document.querySelectorAll(FIELD)].map((field) => [field.id, field.value]));
});

document.addEventListener("htmx:beforeSwap", () => {
  const newer = [...document.querySelectorAll(FIELD)].filter((field) => field.id in sent && field.value !== sent[field.id]);
  later = Object.fromEntries(newer.map((field) => [field.id, field.value]));
  focused = fieldOf(document.activeElement)?.id;
});

document.addEventListener("htmx:afterSettle", () => {
  if (focused) document.getElementById(focused)?.focus();
  const fields = Object.keys(later).map((id) => document.getElementById(id)).filter(Boolean);
  fields.forEach((field) => { field.value = later[field.id]; });
  [later, sent] = [{}, {}];
  const left = fields.find((field) => field !== document.activeElement);
  if (left) change(left);
  // The browser tells no change of a value that a script put back.
  const here = fields.find((field) => field === document.activeElement);
  if (!here) return;
  const restored = here.value;
  here.addEventListener("blur", () => { if (here.value === restored) change(here); }, { once: true });
});
