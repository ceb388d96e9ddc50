// Type-ahead: htmx fetches the options, arrow keys walk them, Enter opens one; without script it is a GET form.
const texts = document.getElementById("texts")?.dataset ?? {};
const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
export const optionsOf = (input) => [...listOf(input).querySelectorAll('[role="option"]')];

function choose(input, option) {
  optionsOf(input).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.id ||= `${input.id}-option-${optionsOf(input).indexOf(option)}`;
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

export function step(input, by) {
  const options = optionsOf(input);
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const next = at < 0 && by < 0 ? options.length - 1 : at + by;
  choose(input, options[next] ?? null);
}

export function close(input) {
  listOf(input).replaceChildren();
  input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-expanded", "false");
}

document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-search=list]") || event.isComposing) return;
  const chosen = listOf(input).querySelector('[aria-selected="true"]');
  if (event.key === "ArrowDown" || event.key === "ArrowUp") step(input, event.key === "ArrowDown" ? 1 : -1);
  else if (event.key === "Enter" && chosen) chosen.click();
  else if (event.key === "Escape" && listOf(input).childElementCount) close(input);
  else if (event.key === "Escape") return input.closest("[data-choice]") ?? input.blur();
  else return;
  event.preventDefault();
});

// A click on an option must land before the field's loss of focus hides the list.
document.addEventListener("mousedown", (event) => event.target.closest(".results") && event.preventDefault());

document.addEventListener("htmx:afterSwap", (event) => {
  const input = document.querySelector(`[data-search=list][aria-controls="${event.target.id}"]`);
  if (!input) return;
  const found = optionsOf(input).length;
  input.setAttribute("aria-expanded", String(found > 0));
  event.target.setAttribute("aria-label", `${found} ${texts.results}`);
});
