// A text with its records marked, from segments that say where they begin, in code points; and back from a selection.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

// `marks` has the records by id; `current` is the one that is looked at, `sentence` where its sentence begins and ends.
export function paragraph(shown, marks, current, chosen, sentence) {
  const made = element(shown.heading ? "h3" : "p", { class: "paragraph" });
  for (const segment of shown.segments) {
    const ids = segment.marks.filter((id) => id in marks);
    const here = sentence && segment.start >= sentence[0] && segment.start < sentence[1] ? " here" : "";
    if (!ids.length) {
      made.append(element("span", { "data-start": segment.start, class: here.trim() || null }, segment.text));
      continue;
    }
    const id = ids.includes(current) ? current : ids[ids.length - 1];
    const record = marks[id];
    made.append(
      element(
        "mark",
        {
          "data-start": segment.start,
          "data-id": id,
          class: `${record.kind} ${record.state}${id === current ? " current" : ""}${here}`,
          title: record.statement,
          onclick: () => chosen(id),
        },
        segment.text,
      ),
    );
  }
  return made;
}

// The selected stretch of the text, in code points; null where nothing of it is selected.
export function selected(root) {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer)) return null;
  let start = Infinity;
  let end = -1;
  for (const segment of root.querySelectorAll("[data-start]")) {
    if (!range.intersectsNode(segment)) continue;
    const text = segment.firstChild;
    const from = range.startContainer === text ? range.startOffset : 0;
    const to = range.endContainer === text ? range.endOffset : text.length;
    const before = range.comparePoint(text, 0) < 0 ? from : 0;
    if (to <= before) continue;
    const first = Number(segment.dataset.start);
    start = Math.min(start, first + points(text.data.slice(0, before)));
    end = Math.max(end, first + points(text.data.slice(0, to)));
  }
  return end > start ? { span: [start, end], text: selection.toString() } : null;
}

const points = (text) => Array.from(text).length;
