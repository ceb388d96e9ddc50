// A form marked data-draft stays on the device until the server has answered, bound to its user and its customer.
// It is gone after the answer, at sign-out, and after seven days. Fields named in KEPT_OUT are never stored.
import { tell } from "./toasts.js";

const PREFIX = "two-eyes:draft:";
const LIFE = 7 * 24 * 3600 * 1000;
const KEPT_OUT = new Set(["csrfmiddlewaretoken", "account", "find", "step", "new_name", "new_title", "version", "warned"]);
// What belongs to one customer alone, and stays behind when the rest moves to another.
const OF_CUSTOMER = new Set(["people", "spoken_to", "colleagues", "next_owner", "client_id"]);
const MOVING = "two-eyes:draft-moving";

const nameOf = (user, kind, account) => `${PREFIX}${user}:${kind}:${account}`;
const keyOf = (form) => nameOf(form.dataset.user, form.dataset.draft, form.dataset.account);
const formOf = (element) => element.closest?.("form[data-draft]");

function stored(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function store(key, draft) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // Storage is full or forbidden: the form still works, it only is not kept.
  }
}

const drafts = (start = PREFIX) => Object.keys(localStorage).filter((key) => key.startsWith(start));
const forget = (key) => localStorage.removeItem(key);

function keep(form, more = {}) {
  const fields = [...new FormData(form)].filter(([name, value]) => !KEPT_OUT.has(name) && typeof value === "string");
  const known = stored(keyOf(form)) ?? {};
  store(keyOf(form), { ...known, fields, at: Date.now(), name: form.dataset.accountName, day: today(), ...more });
}

const today = () => new Date().toLocaleDateString("sv");

// A day said as "now" or "yesterday" is another one on another day.
function settleDay(draft, values) {
  if (draft.day === today() || !values.has("when")) return;
  const chosen = values.get("when")[0];
  if (chosen === "pick") return;
  const day = new Date(`${draft.day}T12:00`);
  if (chosen === "yesterday") day.setDate(day.getDate() - 1);
  values.set("when", ["pick"]).set("held_on", [day.toLocaleDateString("sv")]);
}

function valuesOf(draft) {
  const values = new Map();
  draft.fields.forEach(([name, value]) => values.set(name, [...(values.get(name) ?? []), value]));
  if (!draft.sent) settleDay(draft, values);
  return values;
}

function fill(form, values, leftAlone = KEPT_OUT) {
  for (const input of form.elements) {
    if (!input.name || KEPT_OUT.has(input.name) || leftAlone.has(input.name)) continue;
    const wanted = values.get(input.name) ?? [];
    if (input.type === "checkbox" || input.type === "radio") input.checked = wanted.includes(input.value);
    else if (wanted.length) input.value = wanted[0];
  }
  form.querySelectorAll("details").forEach((part) => (part.open ||= isFilled(part)));
}

function restore(form) {
  const draft = stored(keyOf(form));
  if (!draft) return false;
  const values = valuesOf(draft);
  fill(form, values);
  bringPeople(form, values.get("people") ?? []);
  if (draft.sent) waitForSend(form);
  tell(form.dataset.restored);
  return true;
}

// Another customer was chosen for what was typed: it comes along, and the first customer keeps nothing of it.
function adopt(form) {
  const key = sessionStorage.getItem(MOVING);
  const draft = key && stored(key);
  if (!draft || !key.startsWith(nameOf(form.dataset.user, form.dataset.draft, ""))) return;
  fill(form, valuesOf(draft), OF_CUSTOMER);
  keep(form);
  forget(key);
  tell(form.dataset.moved);
}

const isFilled = (part) =>
  [...part.querySelectorAll("textarea, input:not([type=radio], [type=checkbox]), input:checked")].some(
    (input) => input.value && !input.closest(".new-person, [data-choice]"),
  );

// People found by search are not among the first chips: ask the server for theirs.
function bringPeople(form, ids) {
  const here = new Set([...form.querySelectorAll("[name=people]")].map((input) => input.value));
  const away = ids.filter((id) => !here.has(id));
  if (!away.length || !window.htmx) return;
  const chosen = [...form.querySelectorAll("[name=people]:checked")].map((input) => input.value);
  const values = { step: "find", account: form.dataset.account, people: [...chosen, ...away] };
  window.htmx.ajax("POST", form.getAttribute("action"), { target: "#people-chips", swap: "outerHTML", values });
}

function waitForSend(form) {
  const button = form.querySelector(".save");
  button.textContent = form.dataset.kept;
  button.classList.add("kept");
}

// "Now" is the moment of the first send; later sends of the same form repeat it.
function stamp(form) {
  const opened = form.elements.opened_at;
  if (opened && !stored(keyOf(form))?.sent) opened.value = new Date().toISOString();
  keep(form, { sent: true });
}

function begin(root = document) {
  root.querySelectorAll("form[data-draft][data-fresh]").forEach((form) => {
    form.removeAttribute("data-fresh");
    if (!restore(form)) adopt(form);
    sessionStorage.removeItem(MOVING);
  });
  root.querySelectorAll("[data-drafts]:not([data-listed])").forEach(list);
}

// On the page that asks for the customer: what was not sent yet.
function list(place) {
  place.dataset.listed = "";
  const mould = place.querySelector("[data-draft-line]");
  drafts(`${PREFIX}${place.dataset.user}:${place.dataset.drafts}:`).forEach((key) => {
    const line = mould.content.firstElementChild.cloneNode(true);
    line.querySelector("[data-name]").textContent = stored(key)?.name ?? "";
    line.querySelector("a").href += key.split(":").pop();
    line.querySelector("[data-discard]").addEventListener("click", () => (forget(key), line.remove()));
    place.prepend(line);
  });
}

function tidy() {
  drafts().forEach((key) => Date.now() - (stored(key)?.at ?? 0) > LIFE && forget(key));
  const done = document.querySelector("[data-draft-done]")?.dataset.draftDone;
  if (done) drafts().forEach((key) => isOf(done, stored(key)) && forget(key));
}

const isOf = (id, draft) => draft?.fields?.some(([name, value]) => name === "client_id" && value === id);

for (const happening of ["input", "change"]) {
  document.addEventListener(happening, (event) => {
    const form = formOf(event.target);
    if (form && !KEPT_OUT.has(event.target.name)) keep(form);
  });
}

// What was sent already may stand at its customer: that stays where it is.
document.addEventListener("click", (event) => {
  const form = event.target.closest?.("[data-other-customer]")?.closest("form[data-draft]");
  const draft = form && stored(keyOf(form));
  if (draft && !draft.sent) sessionStorage.setItem(MOVING, keyOf(form));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-no-submit]")) event.preventDefault();
});

// Capture: before htmx collects the values.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-sign-out], [action$='/logout/']")) return drafts().forEach(forget);
  if (form.matches("[data-draft]") && !event.submitter?.name) stamp(form);
}, true);

const isSave = (event) => event.detail.elt.matches("form[data-draft]");

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.requestConfig?.elt.matches("form") || event.detail.xhr.status !== 409) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

document.addEventListener("htmx:afterRequest", (event) => {
  if (!isSave(event)) return;
  const { xhr, elt } = event.detail;
  if (/interaction-(logged|planned|done)/.test(xhr.getResponseHeader?.("HX-Trigger") ?? "")) return forget(keyOf(elt));
  if (xhr.status === 422) store(keyOf(elt), { ...stored(keyOf(elt)), sent: false });
  if (xhr.status === 0 || xhr.status >= 500) waitForSend(elt);
});

// The same for a line that broke, an answer that does not come, and a server that is away.
for (const happening of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(happening, (event) => {
    const isAway = isSave(event) && (event.detail.xhr.status === 0 || event.detail.xhr.status >= 500);
    if (isAway) tell(event.detail.elt.dataset.told, { tone: "error" });
  });
}

document.addEventListener("htmx:afterSwap", (event) => {
  const form = document.querySelector("#contact-form form[data-draft]");
  if (event.detail.xhr?.status === 409 && form) keep(form, { sent: false });
  if (event.target.id === "people-chips" || event.target.id === "people-section") form && keep(form);
  begin();
});

tidy();
begin();
if (!document.querySelector("[data-drafts]")) sessionStorage.removeItem(MOVING);
