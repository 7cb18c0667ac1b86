// Forms with `data-passkey`: the browser makes or shows a passkey, and what it answers goes with the form. The options lie
// in the page, or behind `data-options` where nobody has said yet who signs in. Without a script nothing is sent.
const { create, get, supported } = window.webauthnJSON;

async function options(form) {
  if (!form.dataset.options) return JSON.parse(document.getElementById("passkey-options").textContent);
  const answer = await fetch(form.dataset.options, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return (await answer.json()).request_options;
}

async function send(form) {
  const says = form.querySelector("[data-passkey-says]");
  says.hidden = true;
  try {
    const answer = await (form.dataset.passkey === "create" ? create : get)(await options(form));
    form.elements.credential.value = JSON.stringify(answer);
    form.submit();
  } catch {
    says.hidden = false;
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (supported()) form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
