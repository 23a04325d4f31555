// Passkeys: asks the server for a question, the device for an answer, and sends that back. Every page works without it.
"use strict";

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const ACTS = {
  async make(question) {
    const known = (question.excludeCredentials || []).map((each) => ({ ...each, id: bytes(each.id) }));
    const publicKey = {
      ...question,
      challenge: bytes(question.challenge),
      user: { ...question.user, id: bytes(question.user.id) },
      excludeCredentials: known,
    };
    const made = await navigator.credentials.create({ publicKey });
    return { made, response: { attestationObject: text(made.response.attestationObject) } };
  },
  async use(question) {
    const made = await navigator.credentials.get({ publicKey: { ...question, challenge: bytes(question.challenge) } });
    const { authenticatorData, signature, userHandle } = made.response;
    const owner = userHandle ? { userHandle: text(userHandle) } : {};
    return { made, response: { authenticatorData: text(authenticatorData), signature: text(signature), ...owner } };
  },
};

async function post(place, path, body) {
  const headers = { "Content-Type": "application/json", "X-Form-Token": place.dataset.token };
  const answer = await fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    return answer.json();
  }
  return { problem: "Dat lukte niet. Ververs de bladzijde en probeer het nog eens." };
}

async function run(place) {
  const question = await post(place, place.dataset.ask, {});
  if (!question.challenge) {
    return question;
  }
  const { made, response } = await ACTS[place.dataset.passkey](question);
  const answer = {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    response: { clientDataJSON: text(made.response.clientDataJSON), ...response },
  };
  const name = document.getElementById("passkey-name")?.value || "";
  const more = place.dataset.passkey === "make" ? { name } : { naar: place.dataset.back || "/" };
  return post(place, place.dataset.send, { answer, ...more });
}

for (const place of document.querySelectorAll("[data-passkey]")) {
  const [button, problem] = [place.querySelector("button"), place.querySelector(".problem")];
  place.hidden = !window.PublicKeyCredential || location.origin !== place.dataset.at;
  for (const only of document.querySelectorAll("[data-with-passkey]")) {
    only.hidden = place.hidden;
  }
  button.addEventListener("click", async () => {
    button.disabled = true;
    problem.hidden = true;
    const told = await run(place).catch(() => ({ problem: "Er is geen passkey gebruikt. Probeer het nog eens." }));
    if (told.go) {
      location.assign(told.go);
      return;
    }
    problem.textContent = told.problem || "Dat lukte niet. Probeer het nog eens.";
    problem.hidden = false;
    button.disabled = false;
  });
}
