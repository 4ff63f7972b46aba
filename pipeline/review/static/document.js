import { get } from "./api.js";
import { paragraph } from "./text.js";

const docId = document.querySelector('meta[name="document"]').content;
const text = document.getElementById("text");
const more = document.getElementById("more");
let next = 0;

async function show() {
  const part = await get(`/api/documents/${encodeURIComponent(docId)}`, { start: next });
  for (const shown of part.paragraphs) {
    text.append(paragraph(shown, part.marks, null, (id) => location.assign(`/?item=${encodeURIComponent(id)}`)));
  }
  next = part.next;
  more.hidden = next == null;
}

more.addEventListener("click", show);
show().catch((error) => {
  const message = document.getElementById("message");
  message.textContent = error.message;
  message.hidden = false;
});
