// Only adds: each choice is kept at once, by mouse or by key, and can be taken back. Without this file the button keeps it.
"use strict";

const form = document.querySelector("form[data-absence]");
if (form) {
  const REASONS = { z: "ill", d: "doctor", v: "leave", l: "late", o: "unauthorised", " ": "" };
  const PARTS = { m: "morning", a: "afternoon" };
  const told = form.querySelector("[data-told]");
  const rows = [...form.querySelectorAll("li[data-child]")];
  const kept = [];
  const back = form.querySelector("[data-undo]");
  let busy = Promise.resolve();

  const radios = (row, group) => [...row.querySelectorAll(`input[name="${group}-${row.dataset.child}"]`)];
  const chosen = (row, group) => (radios(row, group).find((each) => each.checked) || {}).value || "";
  const choose = (row, group, value) => {
    const radio = radios(row, group).find((each) => each.value === value);
    if (radio) radio.checked = true;
    return Boolean(radio);
  };
  const marksIn = (row) => {
    const reason = chosen(row, "reason");
    return reason ? [{ part: chosen(row, "part"), reason }] : [];
  };
  const marksOf = (text) => text.split(",").filter(Boolean).map((each) => {
    const [part, reason] = each.split(":");
    return { part, reason };
  });
  const words = (row) => {
    const label = (group) => {
      const radio = radios(row, group).find((each) => each.checked);
      return radio ? radio.nextElementSibling.firstChild.textContent.trim() : "";
    };
    return chosen(row, "reason") && chosen(row, "part") !== "day" ? `${label("reason")}, ${label("part")}` : label("reason");
  };

  const show = (row, pupil) => {
    const first = pupil.marks[0] || { reason: "", part: pupil.parts[0] };
    row.dataset.seen = row.querySelector("input[name=seen]").value = pupil.seen;
    choose(row, "reason", first.reason);
    choose(row, "part", first.part);
    row.classList.toggle("is-away", pupil.marks.length > 0 || pupil.delivered.length > 0);
    row.querySelector(".by").textContent = pupil.marks.length > 1 ? "en nog een dagdeel" : pupil.author;
    const still = row.querySelector(".still");
    if (still) {
      if (still === document.activeElement) row.focus();
      still.hidden = !pupil.was_ill;
    }
  };
  const problem = (row, text) => {
    row.dataset.unsaved = "yes";
    told.className = "remark is-problem";
    told.textContent = text;
  };
  const send = async (row, marks, isUndo) => {
    const before = row.dataset.seen;
    const answer = await fetch(form.dataset.absence, {
      method: "POST", keepalive: true, headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ day: form.dataset.day, changes: [{ pupil: row.dataset.child, marks, seen: before }] }),
    }).catch(() => null);
    const said = answer ? await answer.json().catch(() => ({})) : {};
    if (!answer || !answer.ok) {
      problem(row, `${row.dataset.name}: niet bewaard. ${said.detail || "Er is geen verbinding; probeer het nog eens."}`);
      return;
    }
    delete row.dataset.unsaved;
    show(row, said.pupils[0]);
    if (said.overtaken.length) {
      const [lost] = said.overtaken;
      told.className = "remark is-problem";
      told.textContent = `${lost.name} staat intussen op ${lost.now}${lost.author ? ` (${lost.author})` : ""}; ${lost.wanted} is niet bewaard.`;
      return;
    }
    if (said.kept && !isUndo) kept.push([row, before]);
    back.hidden = kept.length === 0;
    told.className = "remark";
    told.textContent = `${row.dataset.name}: ${words(row)}. ${isUndo ? "Teruggezet." : "Bewaard."}`;
  };
  // One after the other: a second choice for a child needs what the first one left.
  const queue = (row, marks, isUndo = false) => { busy = busy.then(() => send(row, marks, isUndo)); };
  const undo = () => {
    busy = busy.then(async () => {
      const last = kept.pop();
      if (!last) return;
      last[0].focus();
      await send(last[0], marksOf(last[1]), true);
    });
  };
  const still = (row) => row.querySelector(".still:not([hidden])");

  back.addEventListener("click", undo);
  form.querySelector("[data-keys]").hidden = false;
  form.querySelector(".save").hidden = true;
  for (const row of rows) {
    row.tabIndex = row === rows[0] ? 0 : -1;
    row.addEventListener("focusin", () => {
      for (const each of rows) each.tabIndex = each === row ? 0 : -1;
    });
    row.addEventListener("change", () => {
      if (chosen(row, "reason") || row.dataset.seen) queue(row, marksIn(row));
    });
  }
  form.addEventListener("submit", (event) => {
    const row = event.submitter && event.submitter.closest("li[data-child]");
    event.preventDefault();
    if (!row) return;
    row.focus();
    queue(row, [{ part: "day", reason: "ill" }]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("textarea, select, input:not([type=radio])") || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.ctrlKey || event.metaKey) {
      if (key === "z") { event.preventDefault(); undo(); }
      return;
    }
    if (key === "u") { undo(); return; }
    const row = event.target.closest("li[data-child]");
    if (key === "ArrowDown" || key === "ArrowUp") {
      const next = row ? rows[rows.indexOf(row) + (key === "ArrowDown" ? 1 : -1)] : rows[0];
      event.preventDefault();
      if (next) next.focus();
      return;
    }
    if (!row || !row.querySelector(".picks")) return;
    if (key === " " && event.target !== row) return;
    if (key === "Enter" && event.target === row && still(row)) {
      event.preventDefault();
      queue(row, [{ part: "day", reason: "ill" }]);
    } else if (key in REASONS) {
      event.preventDefault();
      choose(row, "reason", REASONS[key]);
      if (!REASONS[key]) choose(row, "part", "day");
      queue(row, marksIn(row));
    } else if (key in PARTS) {
      event.preventDefault();
      const wanted = chosen(row, "part") === PARTS[key] ? "day" : PARTS[key];
      if (choose(row, "part", wanted) && chosen(row, "reason")) queue(row, marksIn(row));
    }
  });
  window.addEventListener("beforeunload", (event) => { if (rows.some((row) => row.dataset.unsaved)) event.preventDefault(); });
}
