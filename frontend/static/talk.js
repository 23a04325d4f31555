// Only adds: what is typed is kept while typing. Without this file the buttons keep it.
"use strict";

const LATER = 800;

function keeper(form, path, method, body, kept) {
  const told = form.querySelector("[data-saved]");
  let timer = 0;
  let saving = 0;
  let busy = Promise.resolve();
  const save = async () => {
    const answer = await fetch(path, {
      method, keepalive: true, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body()),
    }).catch(() => null);
    if (answer && answer.ok) {
      await kept(answer);
      told.textContent = "Bewaard.";
      return;
    }
    const problem = answer ? await answer.json().catch(() => ({})) : {};
    told.textContent = problem.detail || "Niet bewaard: er is geen verbinding. Laat dit venster open.";
  };
  const send = () => {
    saving += 1;
    busy = busy.then(save).finally(() => { saving -= 1; });
  };
  form.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) {
      told.textContent = "";
      clearTimeout(timer);
      timer = setTimeout(send, LATER);
    }
  });
  // One after the other: what is sent with a button holds the version that the last save gave.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault();
    const button = event.submitter;
    busy.then(() => setTimeout(() => form.requestSubmit(button)));
  });
}

const table = document.querySelector("form[data-table]");
if (table) {
  const field = (name) => table.elements.namedItem(name);
  keeper(
    table, `/api/v1/talks/${table.dataset.table}/table`, "PUT",
    () => ({ version: Number(field("version").value), sees: field("sees").value, child_says: field("child_says").value }),
    async (answer) => { field("version").value = (await answer.json()).version; },
  );
}

const view = document.querySelector("form[data-view]");
if (view && !view.querySelector(".is-up")) {
  const text = (name) => view.elements.namedItem(name).value;
  keeper(
    view, `/api/v1/talks/${view.dataset.view}/view`, "PUT",
    () => ({ strengths: text("strengths"), concerns: text("concerns"), wish: text("wish"), is_ready: false }),
    async () => {},
  );
}
