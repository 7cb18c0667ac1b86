// Deciding on many: how many are chosen, all or none, and "c" for the check. Without this the form works all the same.
const form = document.querySelector("form.desk-many");
const boxes = () => [...form.querySelectorAll("[name=listing]")];
const count = form?.querySelector("[data-count]");

const tell = () => {
  if (count) count.textContent = `${boxes().filter((box) => box.checked).length} / ${boxes().length}`;
};

form?.querySelector("[data-all]")?.addEventListener("click", () => {
  const all = boxes().every((box) => box.checked);
  for (const box of boxes()) box.checked = !all;
  tell();
});
form?.addEventListener("change", tell);
if (form) tell();
