// Dialogs: [data-opens=id] opens one, [data-close] closes it, and what htmx puts into #dialog-content is shown.
// A 204 to a form inside says "done": the dialog closes, and the focus goes back where it came from.
export function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    opener.closest("details[data-menu]")?.removeAttribute("open");
    open(opener.dataset.opens);
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  if (event.target instanceof HTMLDialogElement) event.target.close(); // the backdrop
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "dialog-content") open("dialog");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const { xhr, elt } = event.detail;
  if (xhr.status === 204) elt.closest("dialog")?.close();
});

document.addEventListener("close", (event) => {
  if (event.target.id === "dialog") document.getElementById("dialog-content").replaceChildren();
}, true);
