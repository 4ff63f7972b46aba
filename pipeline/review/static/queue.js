// The queue, one record at a time. The keyboard does everything; every button says which key it is.

import { get, insist, newName, post, Refused } from "./api.js";
import { element, paragraph, selected } from "./text.js";

const $ = (id) => document.getElementById(id);
const query = new URLSearchParams(location.search);
const state = { start: null, view: null, filters: {}, order: "doubt", lines: [], editing: null, waiting: 0, trail: [], turn: 0 };
let sending = Promise.resolve();

const say = (group, key, values = {}) =>
  (state.start.labels[group]?.[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

// -- beginning ---------------------------------------------------------------------------------------------------

async function begin() {
  state.start = await get("/api/start");
  for (const name of Object.keys(state.start.filters)) state.filters[name] = state.start.filters[name] ?? "";
  for (const [name, value] of query) if (name in state.filters) state.filters[name] = value;
  if (Number(state.filters.answers) <= 1) state.filters.answers = "";  // one answer to each is no filter
  showFilters();
  $("filtering").open = Object.values(state.filters).some(Boolean);
  showKeys();
  await refresh();
  const asked = query.get("item");
  if (asked) await open(asked);
  else await next();
}

// What a value of a field is called, in whichever kind of record it occurs.
function named(name, value) {
  const fields = Object.values(state.start.fields).flat().filter((field) => field.name === name || (name === "type" && field.name === "kind"));
  return fields.flatMap((field) => field.choices).find(([choice]) => choice === value)?.[1] ?? value;
}

function showFilters() {
  const values = {
    document: state.start.documents.map((one) => [one.doc_id, one.title ?? one.doc_id]),
    kind: state.start.choices.kind.map((value) => [value, say("kind_of_record", value)]),
    state: Object.keys(state.start.labels.state)
      .filter((value) => value !== "withdrawn")
      .map((value) => [value, say("state", value)]),
    status: state.start.choices.status.map((value) => [value, named("status", value)]),
    type: state.start.choices.type.map((value) => [value, named("type", value)]),
    issuer: state.start.choices.issuer.map((value) => [value, value]),
    rule: state.start.choices.rule.map((value) => [value, value]),
  };
  const form = $("filters");
  form.replaceChildren();
  for (const [name, choices] of Object.entries(values)) {
    const select = element("select", { name, onchange: filtered });
    select.append(element("option", { value: "" }, say("page", "all")));
    for (const [value, label] of choices)
      select.append(element("option", { value, selected: state.filters[name] === value }, label));
    form.append(element("label", {}, say("filter", name), " ", select));
  }
  const order = element("select", { name: "order", onchange: filtered });
  order.append(element("option", { value: "doubt" }, say("page", "doubt")));
  order.append(element("option", { value: "text" }, say("page", "in_text")));
  form.append(element("label", {}, say("page", "order"), " ", order));
  const words = element("input", { name: "text", type: "search", value: state.filters.text, onchange: filtered });
  form.append(element("label", {}, say("page", "text"), " ", words));
}

async function filtered(event) {
  if (event.target.name === "order") state.order = event.target.value;
  else state.filters[event.target.name] = event.target.value;
  const turn = state.turn;
  await refresh();
  if (turn === state.turn) await next(); // unless a record was chosen meanwhile
}

$("filters").addEventListener("submit", (event) => event.preventDefault());

async function refresh() {
  const chosen = [...$("filters").querySelectorAll('select:not([name="order"])')].filter((select) => select.value);
  $("active").textContent = [...chosen.map((select) => select.selectedOptions[0].textContent), state.filters.text]
    .filter(Boolean)
    .join("、");
  const found = await get("/api/queue", { ...state.filters, order: state.order, limit: 50 });
  state.lines = found.lines;
  showLines();
  showProgress(found.progress);
}

function showLines() {
  $("lines").replaceChildren(
    ...state.lines.map((line) =>
      element(
        "li",
        { class: line.state, "aria-current": line.id === state.view?.item.id ? "true" : false },
        element(
          "button",
          { type: "button", onclick: () => open(line.id) },
          line.statement,
          " ",
          element("small", {}, say("state", line.placed === "orphan" ? "orphan" : line.state)),
        ),
      ),
    ),
  );
  const line = $("lines").querySelector("[aria-current]");
  if (line && getComputedStyle($("lines").parentElement).position === "sticky") line.scrollIntoView({ block: "nearest" });
  $("more").hidden = state.lines.length < 50 || state.lines.length % 50 !== 0;
}

$("more").addEventListener("click", async () => {
  const found = await get("/api/queue", { ...state.filters, order: state.order, offset: state.lines.length });
  state.lines.push(...found.lines);
  showLines();
});

function showProgress(progress) {
  const done = progress.items - progress.todo;
  $("share").max = progress.items || 1;
  $("share").value = done;
  $("progress").textContent = say("page", "progress", { done, all: progress.items });
}

function tell(message) {
  $("message").textContent = message ?? "";
  $("message").hidden = !message;
}

// -- one record --------------------------------------------------------------------------------------------------

// Of several records asked for, the one asked for last is shown, whichever answer comes last.
async function askFor(path, given_) {
  const turn = ++state.turn;
  const found = await get(path, given_);
  return turn === state.turn ? found : null;
}

async function open(id) {
  const found = await askFor(`/api/items/${encodeURIComponent(id)}`);
  if (found) arrived(found.item);
}

async function next(after) {
  const found = await askFor("/api/next", { ...state.filters, order: state.order, after });
  if (found && (found.item || !after)) arrived(found.item);
}

// What comes late does not close the form that the reviewer has opened on the same record meanwhile.
function arrived(view) {
  if (!state.editing || view?.item.id !== state.view?.item.id) show(view);
}

function show(view, remember = true) {
  if (remember && state.view) state.trail.push(state.view.item.id);
  state.view = view;
  state.editing = null;
  tell();
  const root = $("record");
  if (!view) {
    root.replaceChildren(element("p", {}, say("page", "nothing")));
    showLines();
    return;
  }
  const item = view.item;
  const document_ = view.document;
  root.replaceChildren(
    element("p", { class: "facts" }, document_ ? [document_.title ?? document_.doc_id, document_.date].filter(Boolean).join(" · ") : ""),
    element("p", { class: `statement ${item.kind}` }, view.statement),
    element(
      "p",
      { class: "facts" },
      say("kind_of_record", item.kind),
      " · ",
      say("state", item.placed === "orphan" ? "orphan" : item.state),
      " · ",
      say("page", "confidence", { value: item.confidence.toFixed(2) }),
      item.rule ? ` · ${say("page", "rule", { value: item.rule })}` : "",
      item.flagged ? " ⚑" : "",
    ),
    element("div", { id: "text", class: "text" }, ...words(view)),
    fieldsOf(view),
    element("div", { id: "form" }),
    buttons(view),
    ...lists(view),
  );
  showLines();
  const mark = root.querySelector("mark.current");
  if (mark) $("text").scrollTop = mark.offsetTop - $("text").offsetTop - $("text").clientHeight / 2;
  root.focus({ preventScroll: true });
}

function words(view) {
  if (view.item.start == null) {
    return [
      element("p", {}, say("page", "orphan")),
      element("p", {}, view.context[0], element("mark", { class: "current" }, view.item.quote), view.context[1]),
      element("hr"),
      ...view.paragraphs.map((one) => paragraph(one, view.marks, view.item.id, open, view.sentence)),
    ];
  }
  return view.paragraphs.map((one) => paragraph(one, view.marks, view.item.id, open, view.sentence));
}

// What the record says, field by field; choosing a field begins its correction.
function fieldsOf(view) {
  const list = element("dl", { class: "facets", id: "facets" });
  for (const field of view.fields) {
    if (field.value == null || field.value === "" || field.sort === "members") continue;
    const changed = field.extracted == null ? "" : "changed";
    list.append(
      element("div", { class: changed }, element("dt", {}, field.label),
        element("dd", {}, element("button", { type: "button", title: say("page", "correct"), onclick: () => edit("correct", field.name) },
          field.shown || String(field.value)))),
    );
  }
  const members = view.fields.find((field) => field.sort === "members")?.value ?? [];
  if (members.length)
    list.append(element("div", { class: "wide" }, element("dt", {}, say("field", "members")),
      element("dd", {}, members.map((member) => member.quote).join("、"))));
  return list;
}

function buttons(view) {
  const row = element("p", { class: "actions", role: "toolbar" });
  const button = (key, name, action) =>
    row.append(element("button", { type: "button", class: name, "data-key": key, "aria-keyshortcuts": key, onclick: action },
      say("page", name), " ", element("kbd", {}, key)));
  if (view.item.state === "conflict") button("d", "adjudicate", () => edit("adjudicate"));
  button("a", "accept", () => decide({ action: "accept" }));
  button("r", "reject", () => decide({ action: "reject" }));
  button("e", "correct", () => edit("correct"));
  button("n", "note", note);
  button("f", view.item.flagged ? "unflag" : "flag", flag);
  button("s", "skip", () => decide({ action: "skip" }));
  button("u", "undo", () => back("/api/undo"));
  button("y", "redo", () => back("/api/redo"));
  button("+", "add", add);
  if (view.item.start == null) button("p", "reattach", reattach);
  row.append(
    element("a", { href: `/document/${encodeURIComponent(view.item.doc_id)}` }, say("page", "show_document")),
  );
  return row;
}

function lists(view) {
  const list = (title, entries) =>
    entries.length
      ? [element("h2", {}, say("page", title)), element("ul", {}, ...entries.map((one) => element("li", {}, one)))]
      : [];
  return [
    ...list("reasons", view.reasons.map((one) => `${one.label} ${one.detail}`)),
    ...list(
      "answers",
      view.answers.map((one, place) =>
        element("span", {},
          `${say("page", "by", { reviewer: one.reviewer, verdict: say("verdict", one.verdict) })} — ${one.statement} `,
          view.item.state === "conflict" ? settle(one, String(place + 1)) : null)),
    ),
    ...list("notes", view.notes.map((one) => `${one.reviewer}: ${one.text}`)),
    ...list(
      "history",
      view.events.map((one) => `${one.at.slice(0, 16).replace("T", " ")} ${one.reviewer} ${say("action", one.action)}`),
    ),
  ];
}

// Of answers that differ, the one that is right.
const settle = (answer, key) =>
  element("button", { type: "button", "data-key": key, "aria-keyshortcuts": key,
    onclick: () => decide({ action: "adjudicate", answer: answer.event_id }) },
    say("page", "settle"), " ", element("kbd", {}, key));

// -- deciding ----------------------------------------------------------------------------------------------------

// Decisions go out one after the other; the page does not wait for the answer of one it can already show.
function decide(told) {
  const view = state.view;
  if (!view && told.action !== "add") return;
  const decision = { request: newName(), ...told };
  if (told.action !== "add") Object.assign(decision, { item_id: view.item.id, seen: view.item.version });
  send("/api/decisions", { decision, filters: given(), order: state.order }, (answer) => {
    const here = decision.action === "add" || state.view?.item.id === decision.item_id;
    const stays = ["note", "flag", "unflag", "reattach", "add"].includes(decision.action);
    replaceLine(answer.item);
    showProgress(answer.progress);
    if (!here) return showLines(); // the reviewer has gone on to another record
    state.turn += 1;
    show(stays ? answer.item : answer.next);
  });
}

const given = () => Object.fromEntries(Object.entries(state.filters).filter(([, value]) => value));

function send(path, body, done) {
  state.waiting += 1;
  $("saving").textContent = say("page", "saving");
  sending = sending.then(async () => {
    try {
      const answer = await insist(path, body, () => {
        $("saving").textContent = say("page", "unsaved", { n: state.waiting });
      });
      done(answer);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.body.item) show(error.body.item);
      tell(error.message);
    } finally {
      state.waiting -= 1;
      $("saving").textContent = state.waiting ? say("page", "saving") : say("page", "saved");
    }
  });
}

function replaceLine(view) {
  const line = state.lines.find((one) => one.id === view.item.id);
  if (line) Object.assign(line, { state: view.item.state, statement: view.statement, placed: view.item.placed });
}

function back(path) {
  send(path, { request: newName() }, (answer) => {
    replaceLine(answer.item);
    show(answer.item);
    refresh();
  });
}

const flag = () => decide({ action: state.view.item.flagged ? "unflag" : "flag" });

function reattach() {
  const chosen = selected(document.body);
  if (chosen) decide({ action: "reattach", span: chosen.span });
  else tell(say("page", "select_text"));
}

function note() {
  ask(say("page", "note"), (text) => decide({ action: "note", text }));
}

function ask(title, done, value = "") {
  const input = element("input", { value, "aria-label": title });
  const form = element("form", { method: "dialog" }, element("p", {}, element("label", {}, title, " ", input)),
    element("p", {}, element("button", { value: "ok" }, say("page", "save"))));
  form.addEventListener("submit", () => input.value.trim() && done(input.value));
  $("dialog").replaceChildren(form);
  $("dialog").showModal();
  input.focus();
}

// -- fields ------------------------------------------------------------------------------------------------------

function edit(action, field) {
  const view = state.view;
  if (!view) return;
  const span = selected($("text"));
  form(view.item.kind, view.item.doc_id, view.fields, span, (fields) => {
    const told = { action, fields };
    if (span) told.span = span.span;
    if (action === "adjudicate") told.verdict = "correct";
    decide(told);
  });
  if (field) $("form").querySelector(`[name="${field}"]`)?.focus();
}

function add() {
  const view = state.view;
  const chosen = view && selected($("text"));
  if (!chosen) return tell(say("page", "select_text"));
  const kinds = element("select", { "aria-label": say("filter", "kind") });
  for (const kind of Object.keys(state.start.fields))
    kinds.append(element("option", { value: kind, selected: kind === view.item.kind }, say("kind_of_record", kind)));
  const begin = () => {
    const fields = state.start.fields[kinds.value].map((field) => ({
      ...field,
      value: field.name === "canonical" ? chosen.text : field.name === "comparator" ? "eq" : null,
      shown: field.name === "canonical" || field.name === "value" ? chosen.text : "",
    }));
    form(kinds.value, view.item.doc_id, fields, chosen, (given_) => {
      decide({ action: "add", doc_id: view.item.doc_id, kind: kinds.value, span: chosen.span, fields: given_ });
    }, true);
    $("form").prepend(kinds);
  };
  kinds.addEventListener("change", begin);
  begin();
}

// A form of `fields`; what is typed is read by the server while it is typed. `done` is given what has changed.
function form(kind, docId, fields, span, done, all = false) {
  const changed = {};
  const made = element("form", { class: "fields" });
  if (span) made.append(element("p", {}, say("page", "selected", { text: span.text })));
  for (const field of fields) {
    const read = element("output", {});
    const label = element("label", {}, field.label, " ");
    if (field.sort === "choice") {
      const select = element("select", { name: field.name });
      if (!field.required) select.append(element("option", { value: "" }, say("page", "empty")));
      for (const [value, name] of field.choices)
        select.append(element("option", { value, selected: value === field.value }, name));
      select.addEventListener("change", () => { changed[field.name] = select.value || null; });
      if (all && select.value) changed[field.name] = select.value;
      label.append(select);
    } else if (field.sort === "members") {
      label.append(members(field, docId, changed));
    } else {
      const input = element("input", { name: field.name, value: field.shown, list: field.choices.length ? `of-${field.name}` : null });
      const typed = async () => {
        const choice = field.choices.find(([, name]) => name === input.value);
        if (choice) { changed[field.name] = choice[0]; read.textContent = ""; return; }
        try {
          const answer = await post("/api/typed", { kind, field: field.name, typed: input.value, doc_id: docId });
          Object.assign(changed, answer.fields);
          read.textContent = Object.entries(answer.fields).filter(([, v]) => v != null).map(([k, v]) => `${say("field", k)} ${v}`).join("  ");
          input.removeAttribute("aria-invalid");
        } catch (error) {
          read.textContent = error.message;
          input.setAttribute("aria-invalid", "true");
        }
      };
      input.addEventListener("input", typed);
      if (all && field.shown) typed();
      if (field.choices.length) {
        const values = element("datalist", { id: `of-${field.name}` });
        for (const [, name] of field.choices) values.append(element("option", { value: name }));
        label.append(values);
      }
      label.append(input);
    }
    made.append(element("p", {}, label, " ", read,
      field.extracted == null ? null : element("small", {}, say("page", "extracted", { value: field.extracted }))));
  }
  made.append(element("p", {}, element("button", {}, say("page", "save")), " ",
    element("button", { type: "button", onclick: close }, say("page", "cancel"))));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    if (made.querySelector('[aria-invalid="true"]')) return;
    done(changed);
  });
  $("form").replaceChildren(made);
  $("facets").hidden = true;
  state.editing = made;
  made.querySelector("input, select")?.focus();
}

function members(field, docId, changed) {
  let now = [...(field.value ?? [])];
  const list = element("ul", {});
  const draw = () => {
    list.replaceChildren(
      ...now.map((member, place) =>
        element("li", {}, member.quote, " ",
          element("button", { type: "button", onclick: () => set(now.filter((_, n) => n !== place)) }, say("page", "remove")))),
      element("li", {},
        element("button", { type: "button", onclick: () => {
          const chosen = selected($("text"));
          if (!chosen) return tell(say("page", "select_text"));
          set([...now, { doc_id: docId, start: chosen.span[0], end: chosen.span[1], quote: chosen.text }]);
        } }, say("page", "use_selection"))),
    );
  };
  const set = (wanted) => { now = wanted; changed.members = now; draw(); };
  draw();
  return list;
}

function close() {
  $("form")?.replaceChildren();
  if ($("facets")) $("facets").hidden = false;
  state.editing = null;
  $("record").focus();
}

// -- keys --------------------------------------------------------------------------------------------------------

function showKeys() {
  const list = element("dl", {});
  for (const [key, name] of Object.entries(state.start.labels.key))
    list.append(element("dt", {}, element("kbd", {}, key)), element("dd", {}, name));
  $("keys").replaceChildren(list, element("form", { method: "dialog" }, element("button", {}, say("page", "close"))));
}

$("help").addEventListener("click", () => $("keys").showModal());
$("reviewer").addEventListener("click", () => {
  if (state.start.signs_in) post("/api/sign-out", {}).then(() => location.assign("/sign-in"));
  else ask(say("page", "reviewer"), (reviewer) => post("/api/name", { reviewer }).then(() => location.reload(), (error) => tell(error.message)), state.start.reviewer);
});

document.addEventListener("keydown", (event) => {
  if (state.editing) return event.key === "Escape" ? close() : undefined;
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, select, textarea")) return;
  const button = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (button) button.click();
  else if (event.key === "j" && state.view) next(state.view.item.id);
  else if (event.key === "k" && state.trail.length) get(`/api/items/${state.trail.pop()}`).then((found) => show(found.item, false));
  else if (event.key === "/") {
    $("filtering").open = true;
    $("filters").querySelector('[name="text"]').focus();
  }
  else if (event.key === "?") $("keys").showModal();
  else return;
  event.preventDefault();
});

begin().catch((error) => tell(error.message));
