// Of a row of tabs or views that is wider than the screen, the current one stands in sight.
const ROW = ".tabs, .views";

function show(row) {
  const current = row.querySelector("[aria-current]");
  if (current) row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
}

document.querySelectorAll(ROW).forEach(show);
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.matches?.(ROW)) show(target);
  else target.querySelectorAll?.(ROW).forEach(show);
});
