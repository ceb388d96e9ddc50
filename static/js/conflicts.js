// In the conflict panel, [data-take] puts the stored value into the form's field.
import { take } from "./choices.js";
import { tell } from "./toasts.js";

const texts = document.getElementById("texts")?.dataset ?? {};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  const input = button && document.getElementById(button.dataset.take);
  if (!input) return;
  const choice = input.closest("[data-choice]");
  if (choice) take(choice, button.dataset.value, button.dataset.value && button.dataset.label);
  else setValue(input, button.dataset.value);
  input.focus();
  tell(texts.taken);
});

function setValue(input, value) {
  input.value = value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
