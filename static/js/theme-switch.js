// The choice between the device's theme, light and dark, without a new page. A cookie keeps it, which the server reads too.
const choices = () => document.querySelectorAll("button[name=theme]");
const kept = () => document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1] ?? "";

function show(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  choices().forEach((choice) => choice.setAttribute("aria-pressed", String(choice.value === theme)));
}

function keep(theme) {
  const safe = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=${theme ? 365 * 24 * 3600 : 0}; samesite=lax${safe}`;
}

document.addEventListener("click", (event) => {
  const choice = event.target.closest("button[name=theme]");
  if (!choice) return;
  event.preventDefault();
  keep(choice.value);
  show(choice.value);
});

// Another tab may have chosen meanwhile.
document.addEventListener("visibilitychange", () => show(kept()));
