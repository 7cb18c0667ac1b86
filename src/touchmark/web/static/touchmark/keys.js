// The keyboard of the consoles.
//
//   j k      next and previous row of the list marked `data-keys` (its rows are marked `data-row`)
//   enter    opens the row: its link has the focus, so the browser does it
//   x        ticks the row's checkbox, where it has one
//   ?        shows the keys (a dialog with the id "keys")
//   other    presses the element marked `data-key="that letter"`, or gives it the focus if it is a field; of several,
//            the first that is not filled in yet
//
// A row with `data-preview="address"` shows that address in the element with the id "preview".
// Single keys can be switched off in the dialog; while somebody types, they do nothing.
const list = document.querySelector("[data-keys]");
const rows = () => (list ? [...list.querySelectorAll("[data-row]")] : []);
const preview = document.getElementById("preview");
const off = () => localStorage.getItem("single-keys") === "off";
let wanted = "";

const show = async (row) => {
  const address = row.dataset.preview;
  if (!preview || !address || address === wanted || getComputedStyle(preview).display === "none") return;
  wanted = address;
  preview.setAttribute("aria-busy", "true");
  const answer = await fetch(address, { headers: { "X-Preview": "1" } });
  const page = await answer.text();
  if (address !== wanted) return; // the cursor has moved on
  preview.removeAttribute("aria-busy");
  if (answer.ok) preview.innerHTML = page;
};

const stand = (row) => {
  for (const other of rows()) other.classList.toggle("here", other === row);
  row.scrollIntoView({ block: "nearest" });
  (row.querySelector("a") ?? row).focus({ preventScroll: true });
};

const move = (by) => {
  const all = rows();
  if (!all.length) return;
  const at = all.findIndex((row) => row.classList.contains("here"));
  stand(all[Math.min(Math.max(at + by, 0), all.length - 1)]);
};

const typing = (target) => target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

const waits = (element) => {
  if (element.matches("textarea")) return element.value.trim() === "";
  const radio = element.querySelector("input[type=radio]");
  return radio !== null && !document.querySelector(`[name="${CSS.escape(radio.name)}"]:checked`);
};

const press = (key) => {
  const scope = document.querySelector("dialog[open]") ?? document;
  const all = [...scope.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)];
  const element = all.find(waits) ?? all[0];
  if (!element) return false;
  if (element.matches("input, select, textarea")) element.focus();
  else element.click();
  return true;
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || off() || typing(event.target)) return;
  const open = document.querySelector("dialog[open]");
  if (!open && (event.key === "j" || event.key === "k")) move(event.key === "j" ? 1 : -1);
  else if (!open && event.key === "x") document.querySelector("[data-row].here [type=checkbox]")?.click();
  else if (!open && event.key === "?") document.getElementById("keys")?.showModal();
  else if (event.key.length !== 1 || !press(event.key)) return;
  event.preventDefault();
});

list?.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row) return;
  for (const other of rows()) other.classList.toggle("here", other === row);
  show(row);
});

list?.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && !event.target.closest("a, button, input, label, mark")) stand(row);
});

const choice = document.getElementById("single-keys");
if (choice) {
  choice.checked = !off();
  choice.addEventListener("change", () => localStorage.setItem("single-keys", choice.checked ? "on" : "off"));
}
