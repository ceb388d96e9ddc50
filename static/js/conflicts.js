// In the conflict panel, [data-take] puts the stored value into the form's field.
import { tell } from "./toasts.js";

const texts = document.getElementById("texts")?.dataset ?? {};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-take]");
  const input = button && document.getElementById(button.dataset.take);
  if (!input) return;
  input.value = button.dataset.value;
  input.dispatchEvent(new Event("change", { bubbles: true }));
  input.focus();
  tell(texts.taken);
});
