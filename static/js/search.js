// Type-ahead: htmx fetches the options, arrow keys walk them, Enter opens one; without script it is a GET form.
const texts = document.getElementById("texts")?.dataset ?? {};
const listOf = (input) => document.getElementById(input.getAttribute("aria-controls"));
export const OPTION = '[role="option"]:not([aria-disabled])'; // a disabled one only says that there is none
export const optionsOf = (input) => [...listOf(input).querySelectorAll(OPTION)];

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
  input.toggleAttribute("data-closed", true);
  listOf(input).replaceChildren();
  input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-expanded", "false");
}

// A list that was closed stays so, though the answer to what was typed before may still be on its way.
const isList = (element) => element.matches?.("[data-search=list]");
for (const asked of ["input", "suggest"])
  document.addEventListener(asked, ({ target }) => isList(target) && target.removeAttribute("data-closed"), true);
document.addEventListener("htmx:beforeSwap", (event) => {
  const input = event.detail.requestConfig.elt;
  if (isList(input) && input.hasAttribute("data-closed")) event.detail.shouldSwap = false;
});

// No list changes under a finger. What was answered between press and click is asked for again if nothing was taken.
const CLICK_FOLLOWS = 300; // ms after the finger is lifted
let pressed = null;
let isBehind = false;

function release() {
  const input = document.querySelector(`[data-search=list][aria-controls="${pressed?.id}"]`);
  pressed = null;
  if (isBehind && input && !input.hasAttribute("data-closed")) input.dispatchEvent(new Event("suggest"));
  isBehind = false;
}

document.addEventListener("pointerdown", ({ target }) => {
  pressed = target.closest(OPTION)?.closest("[role=listbox]") ?? null;
});
for (const lifted of ["pointerup", "pointercancel"])
  document.addEventListener(lifted, () => pressed && setTimeout(release, CLICK_FOLLOWS));
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target !== pressed) return;
  event.detail.shouldSwap = false;
  isBehind = true;
});

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

// An empty field in focus offers what one worked with last.
document.addEventListener("focusin", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-search=list]") || input.closest("[data-choice]") || input.value) return;
  if (!optionsOf(input).length) input.dispatchEvent(new Event("suggest"));
});

function tell(input, found) {
  const status = input.closest(".search")?.querySelector("[role=status]");
  if (status) status.textContent = `${found} ${texts.results}`;
}

document.addEventListener("htmx:afterSwap", (event) => {
  const input = document.querySelector(`[data-search][hx-target="#${event.target.id}"]`);
  if (!input) return;
  if (input.dataset.search !== "list") return tell(input, event.target.querySelectorAll("a").length);
  const found = optionsOf(input).length;
  input.removeAttribute("aria-activedescendant");
  input.setAttribute("aria-expanded", String(event.target.childElementCount > 0));
  event.target.setAttribute("aria-label", `${found} ${texts.results}`);
  tell(input, found);
});
