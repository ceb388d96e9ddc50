// A grid of fields walked like a spreadsheet: arrows and Enter move, Escape takes back what was typed.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const fieldOf = (element) => element?.closest?.("[data-grid] td input:not([type=hidden])");
let typing = null;

document.addEventListener("keydown", (event) => {
  const field = fieldOf(event.target);
  if (!field || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") field.value = field.defaultValue;
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const rows = [...field.closest("tbody").rows].map((row) => [...row.querySelectorAll("td input:not([type=hidden])")]);
  const row = rows.findIndex((fields) => fields.includes(field));
  const next = rows[row + step[0]]?.[rows[row].indexOf(field) + step[1]];
  if (next) next.focus();
  else field.blur();
});

document.addEventListener("focusin", (event) => fieldOf(event.target)?.select());

// The answer to one field comes while the next is being typed in: what stands there outlives it.
document.addEventListener("htmx:beforeSwap", () => {
  const field = fieldOf(document.activeElement);
  typing = field && { id: field.id, value: field.value === field.defaultValue ? null : field.value };
});
document.addEventListener("htmx:afterSettle", () => {
  const field = typing && document.getElementById(typing.id);
  if (!field) return;
  field.focus();
  if (typing.value === null) field.select();
  else field.value = typing.value;
  typing = null;
});
