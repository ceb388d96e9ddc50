// Toasts: what a server says in the "toast" event, what went wrong on the way, and closing them.
const STAYS = 8000; // ms; one with an undo, or that is looked at, stays until closed or followed by another

const place = document.getElementById("toasts");
const mould = document.getElementById("toast");
const texts = document.getElementById("texts")?.dataset ?? {};
const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

export function tell(text, { tone = "info", undo = "" } = {}) {
  if (!mould || !place || !text) return;
  const toast = mould.content.firstElementChild.cloneNode(true);
  const form = toast.querySelector("form");
  toast.classList.add(tone);
  toast.querySelector("p").textContent = text;
  form.hidden = !undo;
  if (undo) form.action = undo;
  form.querySelector("input").value = token();
  place.replaceChildren(toast); // the last word only
  leaveLater(toast);
}

function leaveLater(toast) {
  if (toast.querySelector("form:not([hidden])") || toast.classList.contains("error")) return;
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leaveLater(toast) : toast.remove()), STAYS);
}

place?.addEventListener("click", (event) => event.target.closest("[data-close]")?.closest(".toast").remove());
place?.querySelectorAll(".toast").forEach(leaveLater);

document.addEventListener("toast", (event) => event.detail.toasts?.forEach((toast) => tell(toast.text, toast)));
document.addEventListener("htmx:sendError", () => tell(texts.offline, { tone: "error" }));
document.addEventListener("htmx:responseError", (event) => {
  const said = { 403: texts.forbidden, 404: texts.gone }[event.detail.xhr.status];
  tell(said || texts.failed, { tone: "error" });
});
