// While requests are under way: a line at the top of the page, and a form is not sent twice.
let underWay = 0;

function count(step) {
  underWay = Math.max(0, underWay + step);
  document.documentElement.classList.toggle("busy", underWay > 0);
}

document.addEventListener("htmx:beforeSend", () => count(1));
document.addEventListener("htmx:afterRequest", () => count(-1));

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  document.documentElement.classList.add("busy");
});

// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  underWay = 0;
  count(0);
});
