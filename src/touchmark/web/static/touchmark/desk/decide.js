// The screen to decide on: drafts and suggestions that follow the choice until they are edited, what the seller will
// read as it stands, and Ctrl+Enter. Without this the form works all the same.
const form = document.querySelector("form.desk");
const act = form?.querySelector(".desk-act");

const given = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");
const field = (name) => form.elements[name];
const chosen = (name) => form.querySelector(`[name="${name}"]:checked`)?.value ?? "";

// A text that a person has touched is theirs; one that still is what we put there may be replaced.
const replace = (element, offered, next) => {
  if (!element || next === undefined || element.value === next) return;
  if (element.value.trim() === "" || offered.includes(element.value)) element.value = next;
};

const suggest = () => {
  const all = given("suggestions");
  const offered = Object.values(all).flatMap((of) => Object.values(of));
  const now = all[field("right")?.value]?.[chosen("ground")];
  if (!now) return;
  replace(field("ground_reference"), offered.map((one) => one.reference), now.reference);
  replace(field("ground_explanation"), offered.map((one) => one.explanation), now.explanation);
  const note = act.querySelector("[data-ground-note]");
  const shown = now.reference !== "" && field("ground_reference").value === now.reference;
  const none = now.none && field("ground_reference").value.trim() === "";
  note.hidden = !none && !(shown && !now.verified);
  note.textContent = none ? `${field("right").selectedOptions?.[0]?.text ?? ""}: ${now.none}` : (act.dataset.unverified ?? "");
};

const draft = () => {
  const drafts = given("drafts");
  const dismissed = chosen("kind") === "none";
  replace(field("facts"), Object.values(drafts), dismissed ? drafts.dismiss : drafts.restrict);
};

// The words to a holder follow what is chosen for its notice and, of a refusal, why the listing is left on sale.
const answers = () => {
  for (const [ref, of] of Object.entries(given("answer-drafts"))) {
    const outcome = chosen(`answer-${ref}-outcome`);
    if (!outcome) continue;
    const offered = [of.evident, of.uphold, ...Object.values(of.refuse)];
    const refused = chosen("kind") === "none" ? of.refuse[field("reason")?.value] : undefined;
    replace(field(`answer-${ref}-reasons`), offered, (outcome === "uphold" ? of.uphold : refused) || undefined);
  }
};

const label = () => {
  const kind = form.querySelector('[name="kind"]:checked')?.closest("[data-button]");
  if (kind) act.querySelector("[name=decide]").textContent = kind.dataset.button;
};

const letter = document.getElementById("statement");
let timer = 0;
let asked = 0;

const ask = async () => {
  const mine = ++asked;
  letter.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.statement, { method: "POST", body: new FormData(form) });
    const page = await answer.text();
    if (mine === asked && answer.ok) letter.innerHTML = page;
  } catch {
    // The network is away: what was shown stays, and the decision itself says so when it is sent.
  } finally {
    if (mine === asked) letter.removeAttribute("aria-busy");
  }
};

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(ask, 300);
};

if (act && letter) {
  form.addEventListener("change", (event) => {
    if (event.target.name === "kind") draft();
    if (["kind", "reason"].includes(event.target.name) || event.target.name.endsWith("-outcome")) answers();
    if (["right", "ground", "kind"].includes(event.target.name)) suggest();
    label();
    soon();
  });
  form.addEventListener("input", (event) => {
    if (event.target.form === form) soon();
  });
  form.addEventListener("keydown", (event) => {
    if (event.target.form && event.target.form !== form) return; // a note in the making is no decision
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(act.querySelector("[name=decide]"));
  });
  suggest();
  label();
}
