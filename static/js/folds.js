// A button that shows a part of the page ([data-folds]): the first press asks for it, the next one folds it away.
document.addEventListener("htmx:confirm", (event) => {
  const button = event.detail.elt.closest?.("[data-folds]");
  if (!button || button !== event.detail.elt) return;
  const part = document.getElementById(button.dataset.folds);
  const fields = part.querySelector("fieldset");
  if (!fields) return button.setAttribute("aria-expanded", "true");
  event.preventDefault();
  part.hidden = !part.hidden;
  button.setAttribute("aria-expanded", String(!part.hidden));
});
