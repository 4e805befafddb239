// A sheet of facts: used by the inspector, the case, and the table behind every chart.
// content: {title, subtitle, facts: [[name, value, help]], texts: [text], spark: {title, values, low, high}, tables: [{title, head, rows, file, targets}],
//           links: [[text, target]], sparks: [a spark with its days], curve_words: [table, day, value], empty, csv, csv_table: {head, rows, file}}
export default { render({ model, el }) {
  el.classList.add("pa-sheet");
  const unfolded = new Set();  // titles of the curves whose table is open, kept from paint to paint
  const spark = (chart, parent) => {
    const box = make("figure", { class: "pa-spark" }, parent), known = chart.values.filter(v => v !== null);
    make("figcaption", {}, box, chart.title);
    const low = chart.low ?? Math.min(...known), high = chart.high ?? Math.max(...known), n = Math.max(1, chart.values.length - 1);
    const text = v => Math.abs(v) >= 100 ? v.toFixed(0) : v.toFixed(2), reading = `${chart.title}: ${chart.values.map(v => v === null ? "–" : text(v)).join(", ")}`;
    const svg = draw("svg", { viewBox: "0 0 300 60", role: "img", "aria-label": reading }, box);  // the numbers for those who hear the page, or point at the curve
    draw("title", {}, svg, reading);
    const points = chart.values.map((v, i) => v === null ? null : [56 + 239 * i / n, 52 - 44 * (v - low) / Math.max(1e-9, high - low)]).filter(Boolean);
    draw("polyline", { points: points.map(p => p.join(",")).join(" "), fill: "none", stroke: "#0b57d0", "stroke-width": 2 }, svg);
    draw("text", { x: 50, y: 13, "text-anchor": "end", "font-size": 14 }, svg, text(high)); draw("text", { x: 50, y: 57, "text-anchor": "end", "font-size": 14 }, svg, text(low));
    if (!chart.days) return;
    const [table, day, value] = model.get("content").curve_words, folded = make("details", { open: unfolded.has(chart.title) ? "" : null }, box);
    folded.addEventListener("toggle", () => folded.open ? unfolded.add(chart.title) : unfolded.delete(chart.title));
    make("summary", {}, folded, table);
    const grid = make("table", {}, folded), head = make("tr", {}, make("thead", {}, grid)), body = make("tbody", {}, grid);
    for (const word of [day, value]) make("th", { scope: "col" }, head, word);
    chart.days.forEach((when, i) => { const line = make("tr", {}, body); make("td", {}, line, when); make("td", {}, line, chart.values[i] === null ? "–" : text(chart.values[i])); });
  };
  let opener = null, wanted = false;  // what had the focus when the sheet was opened; whether it is to take the focus
  const shut = () => { model.send({ chosen: "" }); const back = opener; opener = null; if (back?.isConnected) back.focus({ preventScroll: true }); };
  el.addEventListener("keydown", event => { if (event.key === "Escape" && model.get("content").close) { event.stopPropagation(); shut(); } });
  const show = () => {
    const title = el.querySelector("h3");
    if (!wanted || !title) return;
    wanted = false;
    title.focus({ preventScroll: true }); (el.closest(".pa-box") ?? el).scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    if (!model.get("opened")) return;
    if (!el.contains(document.activeElement)) opener = document.activeElement;
    wanted = true; requestAnimationFrame(show);
  };
  const paint = () => {
    const c = model.get("content"), kept = el.scrollTop, inside = el.contains(document.activeElement) && !wanted;
    const at = inside ? [...el.querySelectorAll("h3, button, summary, .pa-scroll")].indexOf(document.activeElement) : -1;
    el.replaceChildren();
    if (!c.title) { make("p", { class: "pa-empty" }, el, c.empty || ""); return; }
    const top = make("div", { class: "pa-heading" }, el);
    make("h3", { tabindex: -1 }, top, c.title);
    if (c.close) make("button", { type: "button", class: "pa-link pa-close" }, top, "✕ " + c.close).addEventListener("click", shut);
    if (c.subtitle) make("p", { class: "pa-subtitle" }, el, c.subtitle);
    for (const text of c.texts || []) make("p", {}, el, text);
    if ((c.links || []).length) {
      const row = make("div", { class: "pa-links" }, el);
      for (const [text, target] of c.links) make("button", { type: "button", class: "pa-link", "data-target": target }, row, text).addEventListener("click", () => model.send({ chosen: target }));
    }
    if ((c.facts || []).length) {
      const list = make("dl", {}, el);
      for (const [name, value, help] of c.facts) {
        const pair = make("div", {}, list);
        make("dt", {}, pair, name); make("dd", {}, pair, value);
        if (help) make("dd", { class: "pa-fact-note" }, pair, help);
      }
    }
    for (const chart of c.sparks || []) spark(chart, el);
    for (const table of c.tables || []) {
      if (table.title) make("h4", {}, el, table.title);
      const holder = make("div", { class: "pa-scroll", tabindex: 0, role: "region", "aria-label": table.title || c.title }, el), t = make("table", {}, holder);
      const head = make("tr", {}, make("thead", {}, t)), body = make("tbody", {}, t);
      for (const name of table.head) make("th", { scope: "col" }, head, name);
      table.rows.forEach((row, i) => {
        const line = make("tr", {}, body), target = (table.targets || [])[i];
        row.forEach((cell, k) => {
          const box = make("td", {}, line);
          if (target && k === 0) make("button", { type: "button", class: "pa-link", "data-target": target }, box, cell).addEventListener("click", () => model.send({ chosen: target }));
          else box.textContent = cell ?? "";
        });
      });
      if (table.file) tools(el, [[c.csv || "CSV", () => saveText(table.file + ".csv", "text/csv", toCsv([table.head, ...table.rows]))]]);
    }
    if (c.csv_table) tools(el, [[c.csv || "CSV", () => saveText(c.csv_table.file + ".csv", "text/csv", toCsv([c.csv_table.head, ...c.csv_table.rows]))]]);
    el.scrollTop = kept;
    show();
    if (at >= 0) [...el.querySelectorAll("h3, button, summary, .pa-scroll")][at]?.focus({ preventScroll: true });  // a frame takes no focus away
  };
  return follow(model, { content: paint, opened: open });
} };
