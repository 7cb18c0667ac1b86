// Menus are <details>: they open without a script. This closes them on Escape, on a click outside, and one at a time.
const menus = [...document.querySelectorAll("details.menu")];

document.addEventListener("click", (event) => {
  for (const menu of menus) if (menu.open && !menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus) {
    if (!menu.open) continue;
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Filters fold away where there is no room beside the rows.
if (window.matchMedia("(max-width: 64rem)").matches) {
  for (const fold of document.querySelectorAll(".filters > details[open]")) fold.open = false;
}
