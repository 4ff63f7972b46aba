"use strict";
const PAGE = 200;
const fill = (form, values) => form.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString("en"));
const plain = (html) => html.replace(/<[^>]*>/g, "").replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&#34;|&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, "&");
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

async function unpack(script) {
  const bytes = Uint8Array.from(atob(script.textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/* A row is {tr, text, keys}: what it shows (made when needed), what filters search, what columns sort by. */
function rowOf(tr) {
  const cells = [...tr.cells];
  const keys = cells.map((td) => ("key" in td.dataset ? td.dataset.key : td.textContent));
  return { tr: () => tr, text: tr.textContent.toLowerCase(), keys, values: cells.map((td) => td.textContent) };
}
function packedRow(cells, columns) {
  const html = cells.map((cell) => (Array.isArray(cell) ? cell[0] : cell));
  const values = html.map(plain);
  let tr = null;
  const make = () => {
    if (!tr) {
      tr = document.createElement("tr");
      html.forEach((h, i) => {
        const td = tr.insertCell();
        td.className = columns[i].form === "number" ? `${columns[i].name} num` : columns[i].name;
        if (h) td.dataset.label = columns[i].label;
        td.innerHTML = h;
      });
    }
    return tr;
  };
  const keys = cells.map((cell, i) => (Array.isArray(cell) ? String(cell[1]) : values[i]));
  return { tr: make, text: values.join(" ").toLowerCase(), keys, values };
}

class Table {
  constructor(box) {
    this.box = box;
    this.body = box.querySelector("tbody");
    this.heads = [...box.querySelectorAll("thead th")];
    this.columns = this.heads.map((th) => ({ name: th.className, label: th.textContent, form: th.dataset.form }));
    this.shown = PAGE;
    this.query = "";
    this.choices = new Map();
    this.order = null;
  }
  start() {
    this.started ??= this.read();
    return this.started;
  }
  async read() {
    const script = this.box.querySelector("script.packed");
    this.rows = script ? JSON.parse(await unpack(script)).map((cells) => packedRow(cells, this.columns)) : [...this.body.rows].map(rowOf);
    this.heads.forEach((th, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = th.textContent;
      button.onclick = () => this.sort(i);
      th.replaceChildren(button);
    });
    this.addTools();
    this.show();
  }
  addTools() {
    const tools = this.box.querySelector(".tools");
    if (!tools) return;
    const search = Object.assign(document.createElement("input"), { type: "search", placeholder: SAY.search });
    search.setAttribute("aria-label", SAY.search);
    search.oninput = () => { this.query = search.value.trim().toLowerCase(); this.shown = PAGE; this.show(); };
    tools.append(search);
    this.columns.forEach((column, i) => {
      if (column.form !== "choice") return;
      const counts = new Map();
      for (const row of this.rows) if (row.values[i]) counts.set(row.values[i], (counts.get(row.values[i]) || 0) + 1);
      if (counts.size < 2) return;
      const select = document.createElement("select");
      select.setAttribute("aria-label", column.label);
      select.append(new Option(`${column.label}: ${SAY.all}`, ""));
      for (const [value, n] of [...counts].sort((a, b) => b[1] - a[1])) select.append(new Option(`${value} (${n})`, value));
      select.onchange = () => { this.choices.set(i, select.value); this.shown = PAGE; this.show(); };
      tools.append(select);
    });
    this.count = Object.assign(document.createElement("span"), { className: "n" });
    tools.append(this.count);
    tools.hidden = false;
  }
  sort(i) {
    const down = this.heads[i].ariaSort === "ascending";
    this.heads.forEach((th) => th.removeAttribute("aria-sort"));
    this.heads[i].setAttribute("aria-sort", down ? "descending" : "ascending");
    const numeric = this.columns[i].form === "number";
    const sign = down ? -1 : 1;
    this.order = (a, b) => {
      const [x, y] = [a.keys[i], b.keys[i]];
      if (!x || !y) return !x - !y; // empty cells last, both ways
      return sign * (numeric ? (parseFloat(x) || 0) - (parseFloat(y) || 0) : compare(x, y));
    };
    this.show();
  }
  show() {
    let rows = this.rows.filter((row) => row.text.includes(this.query) && [...this.choices].every(([i, value]) => !value || row.values[i] === value));
    if (this.order) rows = rows.sort(this.order);
    const some = rows.slice(0, this.shown);
    this.body.replaceChildren(...some.map((row) => row.tr()));
    if (this.count) this.count.textContent = fill(SAY.rows_shown, { shown: some.length, total: this.rows.length });
    this.box.querySelector(".more")?.remove();
    if (rows.length > some.length) {
      const more = Object.assign(document.createElement("button"), { type: "button", className: "more" });
      more.textContent = fill(SAY.more, { n: Math.min(PAGE, rows.length - some.length) });
      more.onclick = () => { this.shown += PAGE; this.show(); };
      this.box.append(more);
    }
  }
}

/* A packed table is unpacked when it comes near the window. */
const tables = [...document.querySelectorAll(".table:has(table)")].map((box) => new Table(box));
const near = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (!entry.isIntersecting) continue;
    near.unobserve(entry.target);
    tables.find((table) => table.box === entry.target).start();
  }
}, { rootMargin: "600px" });
for (const table of tables) {
  if (table.box.querySelector("script.packed")) near.observe(table.box);
  else table.start();
}

/* What is closed or still packed is wanted on paper, too. */
addEventListener("load", () => (window.requestIdleCallback || setTimeout)(() => tables.forEach((table) => table.start())));
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((details) => { details.open = true; }));

/* Texts. */
async function open(article) {
  const script = article.querySelector("script.packed");
  if (script) article.querySelector(".body").innerHTML = await unpack(script);
}
for (const button of document.querySelectorAll(".unpack")) {
  button.hidden = false;
  button.onclick = () => open(button.closest("article"));
}
const only = document.querySelector(".only");
if (only) {
  only.hidden = false;
  only.onchange = (event) => document.body.classList.toggle("only-marked", event.target.checked);
}

/* An anchor in a text that is still packed: find the text, unpack it, go there. Tables that stand above what an address
 * leads to grow while they are unpacked: go there again. */
function holder(anchor) {
  const sentence = /^t(\d+)\./.exec(anchor);
  if (sentence) return document.getElementById("d" + sentence[1]);
  const record = /^([cse])(\d+)$/.exec(anchor);
  if (!record) return null;
  const within = (range) => {
    const [, letter, first, last] = /^(\w)(\d+)-(\d+)$/.exec(range);
    return letter === record[1] && +first <= +record[2] && +record[2] <= +last;
  };
  return [...document.querySelectorAll("article.text")].find((article) => article.dataset.records.split(" ").filter(Boolean).some(within));
}
async function follow() {
  document.querySelector(".arrived")?.classList.remove("arrived");
  const anchor = decodeURIComponent(location.hash.slice(1));
  const article = /^[cset]\d/.test(anchor) ? holder(anchor) : null;
  if (article) await open(article);
  const target = document.getElementById(anchor);
  if (!target) return;
  target.classList.toggle("arrived", article !== null);
  const go = () => target.scrollIntoView({ block: article ? "center" : "start" });
  go();
  await Promise.all(tables.map((table) => table.start()));
  go();
}
addEventListener("hashchange", follow);
follow();

/* The card: the fields of the marks under the pointer or finger, the innermost first. */
const card = document.getElementById("card");
const MARKED = "mark[title], mark[data-title], mark[data-row]";
const tableOf = { claim: "claims", slogan: "slogans", entity: "entities" };

/* A heading and [name, value] pairs: from the mark's own title, or from the row of its table. */
async function fieldsOf(mark) {
  if ("row" in mark.dataset) {
    const table = tables.find((t) => t.box.dataset.table === tableOf[mark.classList[0]]);
    await table.start();
    const row = table.rows[mark.dataset.row];
    const fields = table.columns.map((column, i) => [column.label, row.values[i], column.name]);
    return [mark.id.toUpperCase(), fields.filter(([, value, name]) => value && name !== "number")];
  }
  if (mark.title) { mark.dataset.title = mark.title; mark.removeAttribute("title"); }
  const [heading, ...fields] = mark.dataset.title.split("\n");
  return [heading, fields.map((field) => field.split("\t"))];
}
let pointed = null;
async function showCard(mark) {
  pointed = mark;
  const lines = [];
  for (let at = mark; at; at = at.parentElement.closest(MARKED)) {
    const [heading, fields] = await fieldsOf(at);
    const dl = document.createElement("dl");
    for (const [name, value] of fields) {
      dl.append(Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: value }));
    }
    lines.push(Object.assign(document.createElement("b"), { textContent: heading, className: at.classList[0] }), dl);
  }
  if (pointed !== mark) return;
  card.replaceChildren(...lines);
  card.hidden = false;
  const place = mark.getClientRects()[0];
  const left = Math.max(8, Math.min(place.left, innerWidth - card.offsetWidth - 12));
  const below = place.bottom + card.offsetHeight + 8 < innerHeight || place.top < card.offsetHeight + 8;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${scrollY + (below ? place.bottom + 6 : place.top - card.offsetHeight - 6)}px`;
}
document.addEventListener("pointerover", (event) => {
  const mark = event.target.closest?.(MARKED);
  if (mark) showCard(mark);
  else if (pointed) { pointed = null; card.hidden = true; }
});

/* Which section the reader is in. */
const links = new Map([...document.querySelectorAll("nav a")].map((a) => [a.hash.slice(1), a]));
const here = new IntersectionObserver((entries) => {
  for (const entry of entries) if (entry.isIntersecting) for (const [id, a] of links) a.classList.toggle("here", id === entry.target.id);
}, { rootMargin: "-15% 0px -80% 0px" });
document.querySelectorAll("section[id]").forEach((section) => here.observe(section));
