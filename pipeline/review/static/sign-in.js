import { post } from "./api.js";

const form = document.getElementById("sign-in");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const message = document.getElementById("message");
  try {
    await post("/api/sign-in", Object.fromEntries(new FormData(form)));
    location.assign("/");
  } catch (error) {
    message.textContent = error.message;
    message.hidden = false;
  }
});
