// The built-in timer: start, do the task as always, stop; what it measured stands in the field and is sent by hand.
for (const form of document.querySelectorAll("form[data-timer]")) {
  const show = form.querySelector("output"), button = form.querySelector("[data-start]");
  let began = 0, ticking = 0;
  const passed = () => Math.round((Date.now() - began) / 1000);
  const tick = () => { const all = passed(); show.value = `${Math.floor(all / 60)}:${String(all % 60).padStart(2, "0")}`; };
  button.hidden = show.hidden = false;
  button.addEventListener("click", () => {
    if (ticking) {
      clearInterval(ticking);
      ticking = 0;
      form.elements.minutes.value = Math.floor(passed() / 60);
      form.elements.seconds.value = passed() % 60;
      button.textContent = "Opnieuw meten";
      form.querySelector("[data-keep]").focus();
    } else {
      began = Date.now();
      ticking = setInterval(tick, 500);
      tick();
      button.textContent = "Stop";
    }
  });
}
