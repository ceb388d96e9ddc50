// A list that comes anew takes the focus with it. It goes back to the same place: to the next row, where the row is gone.
// In a form that was sent back it goes to what is wrong with it.
const WRONG = ".conflict h2, [aria-invalid=true]";
const WAYS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
const waysOf = (part) => [...part.querySelectorAll(WAYS)].filter((way) => way.tabIndex >= 0 && way.checkVisibility());
const places = new WeakMap();

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  places.set(target, waysOf(target).indexOf(document.activeElement));
});

document.addEventListener("htmx:afterSettle", ({ detail: { target } }) => {
  const place = places.get(target) ?? -1;
  if (place < 0 || document.activeElement !== document.body) return;
  const part = document.getElementById(target.id) ?? target;
  const wrong = part.querySelector(WRONG);
  if (wrong) return wrong.focus();
  const ways = waysOf(part);
  (ways[Math.min(place, ways.length - 1)] ?? document.getElementById("main")).focus();
});
