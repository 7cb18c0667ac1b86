// Pairs of pictures: side by side, or one over the other to see what differs. And: a finding lights its place.
for (const pair of document.querySelectorAll("[data-pair]")) {
  const flip = () => {
    pair.dataset.shown = pair.dataset.shown === "a" ? "b" : "a";
  };
  pair.querySelector("[data-flip]")?.addEventListener("click", () => {
    if (pair.dataset.mode === "flip") flip();
    pair.dataset.mode = "flip";
  });
  pair.querySelector("[data-side]")?.addEventListener("click", () => {
    pair.dataset.mode = "side";
  });
}

const light = (event, on) => {
  const source = event.target.closest?.("[data-lights]");
  if (!source) return;
  for (const place of document.querySelectorAll(`[data-finding~="${CSS.escape(source.dataset.lights)}"]`)) {
    place.classList.toggle("lit", on);
  }
};
for (const [name, on] of [["mouseover", true], ["focusin", true], ["mouseout", false], ["focusout", false]]) {
  document.addEventListener(name, (event) => light(event, on));
}
