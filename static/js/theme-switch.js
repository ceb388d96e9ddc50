// The choice between the device's theme, light and dark; kept on this device.
const choices = () => document.querySelectorAll("[data-theme-choice]");

function show(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  choices().forEach((choice) => choice.setAttribute("aria-pressed", String(choice.dataset.themeChoice === theme)));
}

function keep(theme) {
  if (theme) localStorage.setItem("theme", theme);
  else localStorage.removeItem("theme");
}

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-theme-choice]");
  if (!choice) return;
  show(choice.dataset.themeChoice);
  keep(choice.dataset.themeChoice);
});

addEventListener("storage", (event) => event.key === "theme" && show(event.newValue || ""));
show(document.documentElement.dataset.theme || "");
