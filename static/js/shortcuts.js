// Single keys: "/" searches, "?" lists the keys, "l" logs, "g" and a letter go somewhere. Never while typing; Ctrl-K or ⌘K searches even then.
import { open } from "./dialogs.js";

const PATIENCE = 1200; // ms between "g" and its letter
let leader = 0;

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable]");
const follow = (key) => document.querySelector(`[data-shortcut="${key}"]`)?.click();

function search() {
  const field = [...document.querySelectorAll("[data-search]")].find((input) => input.checkVisibility());
  if (field) field.select(), field.focus();
  else follow("search");
}

const isControlK = (event) => (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";

document.addEventListener("keydown", (event) => {
  if (isControlK(event) && !document.querySelector("dialog[open]")) return search(), event.preventDefault();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target) || document.querySelector("dialog[open]")) return;
  const led = event.timeStamp - leader < PATIENCE && leader > 0;
  leader = event.key === "g" && !led ? event.timeStamp : 0;
  if (led) follow(`g${event.key}`);
  else if (event.key === "l") follow("l");
  else if (event.key === "/") search(), event.preventDefault();
  else if (event.key === "?") open("shortcuts");
});
