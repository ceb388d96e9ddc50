// Dialogs: [data-opens=id] opens one, [data-close] closes it, and what htmx puts into #dialog-content is shown.
// A 204 to a form inside says "done": the dialog closes, and the focus goes back where it came from.
export function open(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  leaveMenu(document.activeElement?.closest("details[data-menu]"));
  dialog.showModal();
}

// What a dialog was opened by may lie in a menu that closes; the focus comes back to what opens the menu.
function leaveMenu(menu) {
  if (!menu) return;
  menu.querySelector("summary").focus();
  menu.open = false;
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) {
    open(opener.dataset.opens);
    opener.closest("details[data-menu]")?.removeAttribute("open"); // not every browser gives a clicked button the focus
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
