// What every widget of the page shares: making elements, listening to traits, and taking a picture or a table home.
const make = (tag, attributes = {}, parent = null, text = null) => {
  const element = document.createElement(tag);
  for (const name in attributes) if (attributes[name] !== null && attributes[name] !== false) element.setAttribute(name, attributes[name]);
  if (text !== null) element.textContent = text;
  if (parent) parent.appendChild(element);
  return element;
};
const draw = (tag, attributes = {}, parent = null, text = null) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in attributes) if (attributes[name] !== null) element.setAttribute(name, attributes[name]);
  if (text !== null) element.textContent = text;
  if (parent) parent.appendChild(element);
  return element;
};
// Sets an attribute or a text only when it is another than before: what does not change costs nothing.
const put = (element, name, value) => {
  const kept = element.kept ??= {};
  if (kept[name] === value) return;
  kept[name] = value;
  if (name === "text") element.textContent = value; else element.setAttribute(name, value);
};
// Calls each function now and whenever its trait changes; returns what ends it.
const follow = (model, handlers) => {
  for (const name in handlers) { model.on("change:" + name, handlers[name]); handlers[name](); }
  return () => { for (const name in handlers) model.off("change:" + name, handlers[name]); };
};
const floats = (model, name) => {
  const view = model.get(name);
  return view && view.byteLength ? new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength)) : new Float32Array(0);
};
// Enter and space do what a click does.
const pressable = (element, action) => {
  element.addEventListener("click", action);
  element.addEventListener("keydown", event => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); action(event); }
  });
};
// One stop for the tab key in a whole figure: the arrows go to the nearest element that lies in their direction, Home and End to the ends.
// elements in the order of places: [{x, y}, …]
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const nearest = (places, from, [dx, dy]) => {
  let best = -1, least = Infinity;
  places.forEach((place, i) => {
    const x = place.x - places[from].x, y = place.y - places[from].y, along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (i !== from && along > 1e-6 && along >= aside && along + 2 * aside < least) { best = i; least = along + 2 * aside; }
  });
  return best;
};
const roving = (elements, places) => {
  const stop = i => elements.forEach((element, k) => element.setAttribute("tabindex", k === i ? 0 : -1));
  elements.forEach((element, i) => {
    element.addEventListener("focus", () => stop(i));
    element.addEventListener("keydown", event => {
      const to = event.key === "Home" ? 0 : event.key === "End" ? elements.length - 1 : event.key in ARROWS ? nearest(places, i, ARROWS[event.key]) : -1;
      if (to < 0) return;
      event.preventDefault(); elements[to].focus();
    });
  });
  stop(0);
};
const save = (name, blob) => {
  const link = make("a", { href: URL.createObjectURL(blob), download: name }, document.body);
  link.click(); link.remove(); setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
const saveText = (name, type, text) => save(name, new Blob([text], { type }));
// A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers, and "+3 %" is one.
const toCsv = rows => "\ufeff" + rows.map(row => row.map(cell => {
  let text = cell === null || cell === undefined ? "" : String(cell);
  if (/^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+(e[+-]?\d+)?\s?%?$/i.test(text)) text = "'" + text;
  return /[",\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}).join(",")).join("\r\n") + "\r\n";
// What a picture that is taken home says of itself: what it shows, and of which run and day.
const captions = (element, title) => {
  const asked = new URLSearchParams(location.search), text = selector => document.querySelector(selector)?.textContent.trim() ?? "";
  const facts = { title: document.title, scenario: asked.get("scenario") ?? "", seed: asked.get("seed") ?? "", when: [text(".pa-clock .pa-date"), text(".pa-clock .pa-day")].filter(Boolean).join(", ") };
  const source = (document.documentElement.dataset.source ?? "").replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
  return [element.closest(".pa-box")?.querySelector("h3")?.textContent.trim() || title || "", source];
};
const saveSvg = (svg, name, kind) => {
  const box = svg.viewBox.baseVal, copy = svg.cloneNode(true);
  copy.style.display = "";  // a figure that is hidden while it has nothing to show is saved as it is, empty
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg"); const [title, source] = captions(svg, svg.getAttribute("aria-label")), line = Math.max(12, box.width / 60), head = 2 * line, tall = box.height + 4 * line;
  copy.setAttribute("viewBox", `${box.x} ${box.y - head} ${box.width} ${tall}`); copy.setAttribute("width", box.width); copy.setAttribute("height", tall);
  draw("text", { x: box.x + 4, y: box.y - .7 * line, "font-size": 1.2 * line, "font-weight": 700, fill: "#1f2a37" }, copy, title);
  const under = draw("text", { x: box.x + 4, y: box.y + box.height + 1.2 * line, "font-size": .85 * line, fill: "#465364" }, copy, source);
  if (source.length * .5 * line > box.width - 8) { under.setAttribute("textLength", box.width - 8); under.setAttribute("lengthAdjust", "spacingAndGlyphs"); }
  copy.setAttribute("font-family", "Noto Sans, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif");
  const text = new XMLSerializer().serializeToString(copy);
  if (kind === "svg") return saveText(name + ".svg", "image/svg+xml", text);
  const image = new Image();
  image.onload = () => {
    const canvas = make("canvas", { width: 2 * box.width, height: 2 * tall }), brush = canvas.getContext("2d");
    brush.fillStyle = "#fff"; brush.fillRect(0, 0, canvas.width, canvas.height); brush.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => save(name + ".png", blob), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
};
const savePicture = (board, name, called) => {
  const line = Math.max(14, board.width / 70), copy = make("canvas", { width: board.width, height: board.height + 4 * line }), brush = copy.getContext("2d"), [title, source] = captions(board, called);
  brush.fillStyle = "#fff"; brush.fillRect(0, 0, copy.width, copy.height); brush.drawImage(board, 0, 2 * line);
  brush.fillStyle = "#1f2a37"; brush.font = `700 ${1.2 * line}px sans-serif`; brush.fillText(title, 6, 1.4 * line);
  brush.fillStyle = "#465364"; brush.font = `${.85 * line}px sans-serif`; brush.fillText(source, 6, copy.height - .7 * line, copy.width - 12);
  copy.toBlob(blob => save(name + ".png", blob), "image/png");
};
// A small row of buttons under a figure; actions: [[text, function], …]
const tools = (parent, actions) => {
  const row = make("div", { class: "pa-tools" }, parent);
  for (const [text, action] of actions) make("button", { type: "button" }, row, text).addEventListener("click", action);
  return row;
};
