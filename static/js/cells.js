// Cells of a list that are edited in place ([data-edit]): a click, Enter or F2 asks for the form, Escape leaves it.
// One of them is in the tab order; the arrows walk to the others.
const editable = "td[data-edit]";
const tableOf = (cell) => cell.closest("[data-cells]");
const before = new WeakMap();

function open(cell) {
  if (cell.querySelector("[data-cell]")) return;
  before.set(cell, cell.innerHTML);
  const address = `${tableOf(cell).dataset.cells}${cell.parentElement.dataset.row}/${cell.dataset.edit}/${location.search}`;
  htmx.ajax("GET", address, { target: cell, swap: "innerHTML" }).then(() => cell.querySelector("[data-cell] :is(select, input:not([type=hidden]), textarea)")?.focus());
}

function leave(form) {
  const cell = form.closest(editable);
  cell.innerHTML = before.get(cell) ?? "";
  settle(cell);
}

function settle(cell) {
  tableOf(cell).querySelectorAll(`${editable}[tabindex="0"]`).forEach((other) => (other.tabIndex = -1));
  cell.tabIndex = 0;
  cell.focus();
}

function walk(cell, key) {
  const row = cell.parentElement;
  const inRow = [...row.querySelectorAll(editable)];
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (step) return inRow[inRow.indexOf(cell) + step];
  const other = key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
  return other?.querySelector(`td[data-edit="${cell.dataset.edit}"]`);
}

export function prepare() {
  document.querySelectorAll("[data-cells]").forEach((table) => {
    table.querySelectorAll(editable).forEach((cell) => cell.hasAttribute("tabindex") || (cell.tabIndex = -1));
    const first = table.querySelector(`${editable}[tabindex="0"]`) ?? table.querySelector(editable);
    if (first) first.tabIndex = 0;
  });
}

document.addEventListener("click", (event) => {
  const leaving = event.target.closest("[data-leave]");
  if (leaving) return leave(leaving.closest("[data-cell]"));
  const cell = event.target.closest(editable);
  if (cell && !event.target.closest("a, button, input, select, [data-cell]")) open(cell);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("[data-cell]");
  if (form && event.key === "Escape" && !form.querySelector("[role=combobox][aria-expanded=true]")) return leave(form);
  const cell = event.target.matches?.(editable) ? event.target : null;
  if (!cell) return;
  if (event.key === "Enter" || event.key === "F2") open(cell);
  else if (event.key.startsWith("Arrow")) {
    const next = walk(cell, event.key);
    if (!next) return;
    settle(next);
  } else return;
  event.preventDefault();
});

// The answer to a stale form shows both versions in the cell.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 409 || !detail.requestConfig.elt.matches("[data-cell]")) return;
  detail.shouldSwap = true;
  detail.isError = false;
  detail.target = detail.requestConfig.elt.closest(editable);
  detail.swapOverride = "innerHTML";
});

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 422 || !detail.requestConfig.elt.matches("[data-cell]")) return;
  detail.target = detail.requestConfig.elt.closest(editable);
  detail.swapOverride = "innerHTML";
});

document.addEventListener("htmx:afterSettle", prepare);
prepare();
