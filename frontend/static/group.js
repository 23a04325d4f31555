// Only adds: the grid filters while a name is typed; arrows go from child to child. Instruction groups: children are
// dragged, or placed with 1, 2 and 3; nothing is kept before the button is pressed.
"use strict";

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const filter = document.querySelector("[data-filter]");
if (filter) {
  const rows = [...document.querySelectorAll(`#${filter.dataset.filter} tbody tr`)];
  const nobody = document.getElementById("niemand");
  const show = () => {
    const wanted = plain(filter.value).split(/[\s,]+/).filter(Boolean);
    for (const row of rows) {
      const names = plain(row.querySelector("th a").textContent).split(/[\s-]+/);
      row.hidden = !wanted.every((part) => names.some((name) => name.startsWith(part)));
    }
    nobody.hidden = rows.some((row) => !row.hidden);
  };
  filter.addEventListener("input", show);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = rows.filter((row) => !row.hidden).map((row) => row.querySelector("th a"));
    const at = links.indexOf(document.activeElement);
    if (at < 0 && event.target !== filter) return;
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (links[next] || (next < 0 ? filter : links[at])).focus();
  });
}

const board = document.querySelector("[data-board]");
if (board) {
  const said = board.querySelector("[role=status]");
  const order = [...board.querySelectorAll("[data-level]")];
  const sortKey = (card) => card.dataset.sort;
  let moved = 0;

  const place = (card, level) => {
    const column = order.find((each) => each.dataset.level === level);
    const choice = card.querySelector("select");
    const isOffered = [...choice.options].some((option) => option.value === level);
    if (!column || !isOffered || card.closest("[data-level]") === column) return;
    const focused = card.contains(document.activeElement) ? document.activeElement : null;
    const list = column.querySelector("ul.children");
    const after = [...list.children].find((other) => sortKey(other).localeCompare(sortKey(card), "nl") > 0);
    list.insertBefore(card, after || null);
    choice.value = level;
    card.classList.toggle("is-moved", choice.value !== card.dataset.was);
    if (focused) focused.focus();
    moved = board.querySelectorAll(".is-moved").length;
    for (const each of order) each.querySelector("[data-count]").textContent = each.querySelectorAll("li.child").length;
    const name = column.querySelector("h2 span").textContent;
    said.textContent = `${card.dataset.name}: ${name}. ${moved} nog niet bewaard.`;
  };

  for (const card of board.querySelectorAll("li.child")) {
    card.draggable = true;
    card.querySelector("a").draggable = false;
    card.addEventListener("dragstart", (event) => {
      event.dataTransfer.setData("text/plain", card.id);
      event.dataTransfer.effectAllowed = "move";
    });
    card.querySelector("select").addEventListener("change", (event) => place(card, event.target.value));
    card.addEventListener("keydown", (event) => {
      if (event.target.closest("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
      const column = order.find((each) => each.dataset.key === event.key);
      if (!column) return;
      event.preventDefault();
      place(card, column.dataset.level);
    });
  }
  for (const column of order) {
    column.addEventListener("dragover", (event) => {
      event.preventDefault();
      column.classList.add("is-over");
    });
    column.addEventListener("dragleave", () => column.classList.remove("is-over"));
    column.addEventListener("drop", (event) => {
      event.preventDefault();
      column.classList.remove("is-over");
      const card = document.getElementById(event.dataTransfer.getData("text/plain"));
      if (card) place(card, column.dataset.level);
    });
  }
  board.addEventListener("submit", () => { moved = 0; });
  window.addEventListener("beforeunload", (event) => { if (moved) event.preventDefault(); });
}
