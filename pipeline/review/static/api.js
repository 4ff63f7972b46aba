// Asking the server. What changes something carries the CSRF token and a name of its own, so that sending it again,
// when the answer was lost, does nothing twice.

const csrf = document.querySelector('meta[name="csrf"]')?.content ?? "";
const language = document.documentElement.lang;

export class Refused extends Error {
  constructor(status, body) {
    super(body.error ?? String(status));
    this.status = status;
    this.body = body;
  }
}

async function ask(path, options) {
  const answer = await fetch(path, {
    ...options,
    credentials: "same-origin",
    headers: { "X-Language": language, "X-CSRF-Token": csrf, "Content-Type": "application/json" },
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refused(answer.status, body);
  return body;
}

export const get = (path, query = {}) => {
  const given = Object.entries(query).filter(([, value]) => value !== "" && value != null);
  return ask(path + (given.length ? "?" + new URLSearchParams(given) : ""), { method: "GET" });
};

export const post = (path, body) => ask(path, { method: "POST", body: JSON.stringify(body) });

// A server that doesn't answer is asked again until it does; `waiting` is told how often it was in vain.
export async function insist(path, body, waiting) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await post(path, body);
    } catch (error) {
      if (error instanceof Refused && error.status < 500) throw error;
      waiting(tries + 1);
      await new Promise((done) => setTimeout(done, Math.min(5000, 250 * 2 ** tries)));
    }
  }
}

export const newName = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
};
