// Only adds: `n` opens the form of /notitie over any page, and within a sentence of Vandaag it answers that sentence.
// Without this file the link in the bar leads there.
"use strict";

const DRAFT = "kindblad-notitie";
const FOR_UNDO = 120000;
const JSON_BODY = { "Content-Type": "application/json" };
const made = (tag, values = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), values);
  element.append(...inside);
  return element;
};

function draft() {
  try { return JSON.parse(sessionStorage.getItem(DRAFT)) || {}; } catch { return {}; }
}

function tick(form, child) {
  const box = form.querySelector("[data-note-children]");
  if (box.querySelector(`input[value="${child.id}"]`)) return;
  const input = made("input", { type: "checkbox", name: "child", value: child.id, checked: true });
  box.append(made("label", { className: "tick" }, input, ` ${child.name}`));
}

function keep(form) {
  const children = [...form.querySelectorAll("input[name=child]:checked")]
    .map((input) => ({ id: input.value, name: input.parentElement.textContent.trim() }));
  const body = form.elements.body.value;
  if (body.trim()) sessionStorage.setItem(DRAFT, JSON.stringify({ body, children, kind: form.elements.kind.value }));
  else sessionStorage.removeItem(DRAFT);
}

function seek(form) {
  const field = form.querySelector("[data-note-find]");
  const list = form.querySelector("[data-note-found]");
  let asked = 0;
  let children = [];
  const choose = (child) => {
    tick(form, child);
    field.value = "";
    list.hidden = true;
    children = [];
    keep(form);
    field.focus();
  };
  field.addEventListener("input", async () => {
    const mine = (asked += 1);
    const name = field.value.trim();
    const answer = name
      ? await fetch("/api/v1/pupils/search", { method: "POST", headers: JSON_BODY, body: JSON.stringify({ name }) }).catch(() => null)
      : null;
    if (mine !== asked) return;
    children = answer && answer.ok ? await answer.json() : [];
    list.replaceChildren(...children.map((child) => {
      const button = made("button", { type: "button", textContent: `${child.name}${child.group ? `, ${child.group}` : ""}` });
      button.addEventListener("click", () => choose(child));
      return made("li", {}, button);
    }));
    list.hidden = !children.length;
  });
  // Enter takes the first that is found; Tab does too when there is only one, and goes on to the text.
  field.addEventListener("keydown", (event) => {
    if (!children.length || event.ctrlKey) return;
    if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey && children.length === 1)) {
      event.preventDefault();
      choose(children[0]);
      if (event.key === "Tab") form.elements.body.focus();
    }
  });
}

function help(form) {
  const kept = draft();
  if (kept.body && !form.elements.body.value) {
    form.elements.body.value = kept.body;
    if (form.elements.kind.querySelector(`[value="${kept.kind}"]`)) form.elements.kind.value = kept.kind;
    if (!form.querySelector("input[name=child]")) kept.children.forEach((child) => tick(form, child));
  }
  seek(form);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".main"));
    }
  });
  form.querySelector("[data-note-tone]").addEventListener("keydown", (event) => {
    const chosen = { g: "good", n: "neutral", z: "worry" }[event.key];
    if (chosen && !event.ctrlKey) form.querySelector(`input[name=tone][value=${chosen}]`).checked = true;
  });
}

// An answered sentence leaves the page; who used the keyboard goes on where the note began, or at the next sentence.
function toast(note, from, answered) {
  document.querySelector(".note-toast")?.remove();
  const next = answered?.nextElementSibling || answered?.previousElementSibling;
  const goOn = () => {
    const place = [from, next?.querySelector("a")].find((each) => each?.isConnected && each.checkVisibility());
    (place || document.querySelector("main")).focus();
  };
  if (answered) answered.hidden = true;
  const names = note.children.map((child) => child.name).join(", ");
  const said = made("span", { textContent: `Bewaard: ${note.kind_text} over ${names}` });
  const undo = made("button", { type: "button", className: "button", textContent: "Ongedaan maken" });
  const box = made("div", { className: "note-toast" }, said, undo);
  said.setAttribute("role", "status");
  undo.addEventListener("click", async () => {
    const answer = await fetch(`/api/v1/notes/${note.id}`, { method: "DELETE", headers: JSON_BODY }).catch(() => null);
    const isUndone = Boolean(answer && answer.ok);
    said.textContent = isUndone ? "Teruggenomen." : "Niet gelukt: ongedaan maken kan twee minuten lang.";
    if (answered && isUndone) answered.hidden = false;
    if (undo === document.activeElement) goOn();
    undo.remove();
    setTimeout(() => box.remove(), 4000);
  });
  undo.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" && event.key !== "Escape") return;
    event.preventDefault();
    goOn();
  });
  document.body.append(box);
  undo.focus();
  setTimeout(() => {
    if (!undo.isConnected) return;
    if (undo === document.activeElement) goOn();
    box.remove();
  }, FOR_UNDO);
}

async function send(form, dialog, from, answered) {
  const values = new FormData(form);
  const told = form.querySelector("[data-note-problem]");
  const note = {
    id: values.get("note"), children: values.getAll("child"), body: values.get("body").trim(), kind: values.get("kind"),
    tone: values.get("tone"), readers: values.get("readers") || "team", observed_on: values.get("on") || null,
    signal: values.get("signal"), about: values.get("about"),
  };
  told.hidden = Boolean(note.children.length && note.body);
  told.textContent = told.hidden ? "" : "Kies over wie het gaat en schrijf op wat u zag of hoorde.";
  if (!told.hidden) return;
  const answer = await fetch("/api/v1/notes", { method: "POST", headers: JSON_BODY, body: JSON.stringify(note) }).catch(() => null);
  if (answer && answer.ok) {
    sessionStorage.removeItem(DRAFT);
    dialog.close();
    toast(await answer.json(), from, answered);
    return;
  }
  const problem = answer ? await answer.json().catch(() => ({})) : {};
  told.textContent = problem.detail || "Niet bewaard: er is geen verbinding. Wat u typte blijft hier staan.";
  told.hidden = false;
}

// Text may not become elements here (Trusted Types); a page that the browser itself reads may.
const pageAt = (path, values) => new Promise((done) => {
  const request = new XMLHttpRequest();
  request.open(values ? "POST" : "GET", path);
  request.responseType = "document";
  request.addEventListener("loadend", () => done(request.response));
  request.send(values);
});

let opening = false;

async function open(path, values, answered) {
  if (opening || document.querySelector("dialog.note-dialog")) return;
  opening = true;
  const from = document.activeElement;
  const form = (await pageAt(path, values))?.querySelector("[data-note-form]");
  opening = false;
  if (!form) {
    location.assign("/notitie");
    return;
  }
  const close = made("button", { type: "button", className: "quiet", textContent: "Sluiten" });
  const title = made("h2", { id: "notitie-titel", textContent: "Notitie" });
  const dialog = made("dialog", { className: "note-dialog" }, made("header", {}, title, close), document.adoptNode(form));
  dialog.setAttribute("aria-labelledby", title.id);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name !== "act") send(form, dialog, from, answered);
  });
  help(form);
  document.body.append(dialog);
  dialog.showModal();
  (form.querySelector("input[name=child]") ? form.elements.body : form.querySelector("[data-note-find]")).focus();
}

const link = document.querySelector("[data-note]");
const onPage = document.querySelector("[data-note-form]");
const child = location.pathname.match(/^\/kind\/[0-9a-f-]{36}/);
if (onPage) help(onPage);
if (document.querySelector("[data-note-kept]")) sessionStorage.removeItem(DRAFT);
for (const form of document.querySelectorAll('form[action="/logout"]')) {
  form.addEventListener("submit", () => sessionStorage.removeItem(DRAFT));
}
if (link && !onPage) {
  const sheet = document.createElement("link");
  Object.assign(sheet, { rel: "stylesheet", href: link.dataset.note });
  document.head.append(sheet);
  const start = () => open(child ? `${child[0]}/notitie` : "/notitie");
  const answer = (form) => open(form.action, new URLSearchParams(new FormData(form)), form.closest("li"));
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    start();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, dialog");
    if (event.key === "n" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const about = event.target.closest("li")?.querySelector("[data-note-about]");
      if (about) answer(about);
      else start();
    }
  });
  for (const form of document.querySelectorAll("[data-note-about]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      answer(form);
    });
  }
}
