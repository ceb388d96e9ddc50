// One of many ([data-choice]): what is typed brings suggestions, search.js walks them; the one taken is kept by its id.
// An id counts while the text beside it is the one that belongs to it, so a text nobody took is the server's to read.
import { OPTION, close, optionsOf, step } from "./search.js";

const boxOf = (element) => element.closest?.("[data-choice]");
const textOf = (box) => box.querySelector("[role=combobox]");
const shownOf = (box) => box.querySelector("[data-shown]");
const isSettled = (box) => textOf(box).value.trim() === shownOf(box).value.trim();
const isFilter = (box) => box.closest("form").method === "get";
const suggest = (box) => textOf(box).dispatchEvent(new Event("suggest"));

export function take(box, value, label, why = "") {
  const id = box.querySelector("[data-id]");
  id.value = value;
  textOf(box).value = shownOf(box).value = label;
  box.querySelector("[data-why]").textContent = why;
  box.querySelector("[data-why]").hidden = false;
  box.querySelector("[data-several]")?.remove();
  close(textOf(box));
  id.dispatchEvent(new Event("change", { bubbles: true }));
}

// A list is narrowed by what was taken, never by half a name: without a choice the last one comes back.
function settle(box) {
  if (!textOf(box).value.trim()) return take(box, "", "");
  textOf(box).value = shownOf(box).value;
  box.querySelector("[data-why]").hidden = false;
}

document.addEventListener("click", (event) => {
  const box = boxOf(event.target);
  if (!box) return;
  const option = event.target.closest(OPTION);
  if (option) take(box, option.dataset.value, option.dataset.label, option.querySelector(".why")?.textContent);
  else if (event.target.closest("[data-clear]")) take(box, "", "");
  else if (event.target === textOf(box)) return optionsOf(textOf(box)).length || suggest(box);
  else return;
  textOf(box).focus();
});

// What is said of the one taken is not true of another text.
document.addEventListener("input", (event) => {
  const box = event.target.matches("[role=combobox]") && boxOf(event.target);
  if (box) box.querySelector("[data-why]").hidden = !isSettled(box);
});

// Enter takes what search.js has marked; a text nobody took yet it brings to its first suggestion, and sends nothing.
document.addEventListener("keydown", (event) => {
  const box = event.target.matches?.("[role=combobox]") && boxOf(event.target);
  if (!box || event.isComposing || (event.defaultPrevented && event.key === "Enter")) return;
  const found = optionsOf(event.target).length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") return found || suggest(box);
  if (event.key !== "Enter" || isSettled(box) || !event.target.value.trim()) return;
  event.preventDefault();
  if (found) step(event.target, 1);
  else suggest(box);
});

document.addEventListener("focusout", (event) => {
  const box = boxOf(event.target);
  if (box && !box.contains(event.relatedTarget)) close(textOf(box));
});

// Capture: before the filter hears of it.
document.addEventListener("change", (event) => {
  const box = event.target.matches("[role=combobox]") && boxOf(event.target);
  if (!box || !isFilter(box)) return;
  event.stopPropagation();
  if (!isSettled(box)) settle(box);
}, true);

document.addEventListener("htmx:configRequest", (event) => {
  const box = event.target.matches("[role=combobox]") && boxOf(event.target);
  if (box) event.detail.parameters.q = isSettled(box) ? "" : event.target.value;
});

document.addEventListener("htmx:afterSwap", (event) => {
  const box = boxOf(event.target);
  if (!box || event.target.getAttribute("role") !== "listbox") return;
  if (document.activeElement !== textOf(box)) return close(textOf(box));
  const beyond = event.target.querySelector(".beyond")?.textContent ?? "";
  box.querySelector("[data-told]").textContent = [event.target.getAttribute("aria-label"), beyond].filter(Boolean).join(". ");
  event.target.scrollIntoView({ block: "nearest" });
});
