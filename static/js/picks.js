// Choosing rows of a list: the box in the head ticks all of the page; Shift ticks all between two.
const boxesOf = (part) => [...part.closest("table").querySelectorAll("td.pick input")];
let last = null;

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) boxesOf(event.target).forEach((box) => (box.checked = event.target.checked));
});

document.addEventListener("click", (event) => {
  if (!event.target.matches("td.pick input")) return;
  const boxes = boxesOf(event.target);
  const [from, to] = [boxes.indexOf(last), boxes.indexOf(event.target)].sort((one, other) => one - other);
  if (event.shiftKey && from >= 0) boxes.slice(from, to + 1).forEach((box) => (box.checked = event.target.checked));
  last = event.target;
  const all = event.target.closest("table").querySelector("[data-pick-all]");
  if (all) all.checked = boxes.every((box) => box.checked);
});
