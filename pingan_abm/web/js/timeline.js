// One case: a strip with a lane for each of the seven steps and for meetings, and under it every event in words.
// content: {title, facts: [[name, value]], lanes: [name], items: [{day, date, who, what, why, step, tone}], holders: {title, names, spans: [[lane, from, to, kind]]}, documented: [[day, words]], days: [text], head, csv, empty}
const INK = { bad: "#b2182b", good: "#0b57d0", closed: "#d95f02", meeting: "#6a3d9a", "": "#374151" };
const NARROW = 560;  // pixels of the page below which the strip is drawn for a phone
export default { render({ model, el }) {
  el.classList.add("pa-sheet", "pa-timeline");
  let small = false;
  const paint = () => {
    const c = model.get("content");
    el.replaceChildren();
    if (!c.title) { make("p", { class: "pa-empty" }, el, c.empty || ""); return; }
    make("h3", {}, el, c.title);
    const list = make("dl", {}, el);
    for (const [name, value] of c.facts) { const pair = make("div", {}, list); make("dt", {}, pair, name); make("dd", {}, pair, value); }
    if (!c.items.length) { make("p", {}, el, c.empty); return; }
    const held = c.holders ?? { names: [], spans: [] }, left = small ? 118 : 150, width = small ? 356 : 640, most = name => !small ? 20 : /[\u4e00-\u9fff]/.test(name) ? 8 : 15, lane = 24, under = held.names.length ? 22 * held.names.length + 30 : 0;
    const last = c.last;
    const svg = draw("svg", { viewBox: `0 0 ${width} ${lane * c.lanes.length + 30 + under}`, role: "img", "aria-label": c.title }, make("div", { class: small ? null : "pa-wide", tabindex: 0, role: "group", "aria-label": c.title }, el));
    const aside = small ? 10 : 20, x = day => left + aside + (width - left - 2 * aside) * Math.max(0, day) / last, y = step => 14 + lane * step;
    c.lanes.forEach((name, i) => {
      draw("text", { x: 0, y: y(i) + 5, "font-size": 14, fill: "#1f2a37" }, svg, name);
      draw("line", { x1: left, x2: width, y1: y(i), y2: y(i), stroke: "#dde3ea" }, svg);
    });
    const seen = c.items.filter(i => i.step >= 0);
    draw("polyline", { points: seen.map(i => `${x(i.day).toFixed(1)},${y(i.step)}`).join(" "), fill: "none", stroke: "#9aa5b1", "stroke-width": 1.5 }, svg);
    for (const i of seen) {
      const g = draw("g", { transform: `translate(${x(i.day).toFixed(1)} ${y(i.step)})` }, svg);
      draw("path", { d: i.tone === "bad" ? "M-6 -6L6 6M-6 6L6 -6" : "M-5.5 0A5.5 5.5 0 1 0 5.5 0A5.5 5.5 0 1 0 -5.5 0Z", fill: i.tone === "bad" ? "none" : INK[i.tone], stroke: INK[i.tone], "stroke-width": i.tone === "bad" ? 3 : 1 }, g);
      draw("title", {}, g, `${i.date} ${i.who}: ${i.what}`);
    }
    c.days.forEach((text, i) => draw("text", { x: x(last * i / (c.days.length - 1)), y: lane * c.lanes.length + 24, "font-size": 14, "text-anchor": i === c.days.length - 1 ? "end" : "middle", dx: i === c.days.length - 1 ? aside : 0, fill: "#465364", visibility: small && i % 2 ? "hidden" : null }, svg, text));
    const first = lane * c.lanes.length + 56;  // who held it: a lane a holder, orange while it is closed on paper only
    if (held.names.length) draw("text", { x: 0, y: first - 10, "font-size": 14, "font-weight": 700, fill: "#1f2a37" }, svg, held.title);
    held.names.forEach((name, i) => draw("text", { x: 0, y: first + 12 + 22 * i, "font-size": 14, fill: "#1f2a37" }, svg, name.length > most(name) ? name.slice(0, most(name) - 1) + "…" : name));
    for (const [row, from, to, kind] of held.spans) {
      const bar = draw("rect", { x: x(from), y: first + 22 * row, width: Math.max(2, x(to) - x(from)), height: 15, rx: 2, class: "pa-held", "data-kind": kind, fill: { closed: "#0b57d0", paper: "#d95f02", street: "#b9a58f" }[kind] ?? "#7388a3" }, svg);
      draw("title", {}, bar, `${held.names[row]}: ${Math.round(from)}–${Math.round(to)}`);
    }
    for (const [day, words] of c.documented ?? []) {  // hollow: what the paper documents, beside what the model did
      const mark = draw("circle", { cx: x(day), cy: lane * c.lanes.length + 6, r: 5, fill: "#fff", stroke: "#5a2f8f", "stroke-width": 2, class: "pa-documented" }, svg);
      draw("title", {}, mark, words);
    }
    if ((c.documented ?? []).length) make("p", { class: "pa-note" }, el, c.documented.map(([day, words]) => `○ ${words}${c.brackets[0]}${c.day_word.replace("{number}", day)}${c.brackets[1]}`).join(" · "));
    const box = make("div", { class: "pa-scroll", tabindex: 0, role: "region", "aria-label": c.title }, el), table = make("table", {}, box);
    const head = make("tr", {}, make("thead", {}, table)), body = make("tbody", {}, table);
    for (const name of c.head) make("th", { scope: "col" }, head, name);
    for (const i of c.items) {
      const row = make("tr", { class: i.tone ? "pa-tone-" + i.tone : null }, body);
      for (const cell of [i.date, i.day, i.who, i.what, i.why]) make("td", {}, row, String(cell));
    }
    tools(el, [["SVG", () => saveSvg(svg, "case", "svg")], ["PNG", () => saveSvg(svg, "case", "png")],
      [c.csv, () => saveText("case.csv", "text/csv", toCsv([c.head, ...c.items.map(i => [i.date, i.day, i.who, i.what, i.why])]))]]);
  };
  const seen = new ResizeObserver(() => {
    const now = el.clientWidth > 0 && el.clientWidth < NARROW;
    if (now !== small) { small = now; paint(); }
  });
  seen.observe(el);
  const stop = follow(model, { content: paint });
  return () => { stop(); seen.disconnect(); };
} };
