// Two lines over the days of a run, cheap enough to be drawn with every frame.
// look: {names: [a, b], colours, widths, dashes, percent, days, x, y, title, marks: [[day, words]], ghost}; first, second: float32, one value a day so far; ghost_first, ghost_second: of the run before the first change
const nice = most => { const p = 10 ** Math.floor(Math.log10(Math.max(most, 1e-9))); return [1, 1.5, 2, 3, 5, 7, 10].map(k => k * p).find(k => k >= most) || 10 * p; };
export default { render({ model, el }) {
  el.classList.add("pa-figure");
  const width = 440, height = 372, left = 52, right = 8, top = 48, bottom = 42, inner = { w: width - left - right, h: height - top - bottom };
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "pa-lines" }, el);
  const grid = draw("g", { "font-size": 14, fill: "#1f2a37" }, svg), ghosts = [0, 1].map(() => draw("path", { fill: "none", "stroke-width": 1.6, "stroke-opacity": .38, class: "pa-ghost" }, svg)), curves = [0, 1].map(() => draw("path", { fill: "none", "stroke-linejoin": "round" }, svg));
  const signs = draw("g", { "font-size": 14, fill: "#5a2f8f" }, svg);
  const legend = draw("g", { "font-size": 14, fill: "#1f2a37" }, svg), pointer = draw("line", { y1: top, y2: top + inner.h, stroke: "#5b6470", visibility: "hidden" }, svg);
  const reading = draw("text", { y: top + 14, "font-size": 14, "font-weight": 600, fill: "#1f2a37", visibility: "hidden", "paint-order": "stroke", stroke: "#fff", "stroke-width": 4, "stroke-linejoin": "round" }, svg);  // legible over the lines
  let high = 0, framed = "";
  const value = v => { const l = model.get("look"); return Number.isNaN(v) ? "–" : l.percent ? Math.round(100 * v) + "%" : Math.abs(v) >= 100 ? Math.round(v).toLocaleString("en") : String(+v.toPrecision(3)); };
  const x = day => left + inner.w * day / model.get("look").days, y = v => top + inner.h * (1 - v / high);
  const frame = () => {
    const l = model.get("look"), key = JSON.stringify([l, high]);
    if (key === framed) return;
    framed = key; grid.replaceChildren(); legend.replaceChildren(); put(svg, "aria-label", l.title);
    for (const share of [0, .25, .5, .75, 1]) {
      const at = y(share * high);
      draw("line", { x1: left, x2: width - right, y1: at, y2: at, stroke: "#e1e6ed" }, grid); draw("text", { x: left - 6, y: at + 4, "text-anchor": "end" }, grid, value(share * high));
    }
    const step = l.days > 500 ? 180 : l.days > 150 ? 60 : 15;
    for (let day = 0; day <= l.days; day += step) draw("text", { x: x(day), y: top + inner.h + 17, "text-anchor": "middle" }, grid, day);
    draw("text", { x: width - right, y: height - 4, "text-anchor": "end" }, grid, l.x); draw("text", { x: 2, y: height - 4 }, grid, l.y);
    const long = l.names.some(name => name.length + (name.match(/[\u2e80-\uffff]/g) ?? []).length > 26);  // two long names stand below each other
    l.names.forEach((name, i) => {
      const below = long ? 18 * i : 0, at = left - 40 + (long ? 0 : i * .53 * width);
      draw("line", { x1: at, x2: at + 26, y1: 12 + below, y2: 12 + below, stroke: l.colours[i], "stroke-width": 3, "stroke-dasharray": l.dashes[i] }, legend);
      draw("text", { x: at + 31, y: 16 + below }, legend, name);
      put(curves[i], "stroke", l.colours[i]); put(curves[i], "stroke-width", l.widths[i]); put(curves[i], "stroke-dasharray", l.dashes[i]);
    });
  };
  const line = s => { let path = "", pen = "M"; for (let day = 0; day < s.length; day++) if (Number.isNaN(s[day])) pen = "M"; else { path += `${pen}${x(day + .5).toFixed(1)} ${y(s[day]).toFixed(1)}`; pen = "L"; } return path; };
  const note = make("p", { class: "pa-note" }, el);
  const paint = () => {
    const l = model.get("look");
    if (!l.names) return;
    const series = [floats(model, "first"), floats(model, "second")];
    high = l.percent ? 1 : nice(Math.max(1e-3, ...series.map(s => s.reduce((a, v) => v > a ? v : a, 0))));
    frame();
    signs.replaceChildren();
    for (const [day, words] of l.marks ?? []) {
      const mark = draw("line", { x1: x(day), x2: x(day), y1: top, y2: top + inner.h, stroke: "#5a2f8f", "stroke-dasharray": "2 3", class: "pa-mark" }, signs);
      draw("title", {}, mark, words); draw("text", { x: x(day), y: top + inner.h - 5, "text-anchor": day > .8 * l.days ? "end" : "start" }, signs, "▲");
    }
    ["ghost_first", "ghost_second"].forEach((name, i) => { const s = l.percent && !l.y ? floats(model, name) : []; put(ghosts[i], "stroke", l.colours[i]); put(ghosts[i], "d", line(s)); });
    put(svg, "aria-label", l.title + (l.marks ?? []).map(([, words]) => `; ${words}`).join(""));
    put(note, "text", floats(model, "ghost_first").length && l.percent && !l.y ? l.ghost : "");
    series.forEach((s, i) => put(curves[i], "d", line(s)));
  };
  svg.addEventListener("pointermove", event => {
    const box = svg.getBoundingClientRect(), day = Math.floor(((event.clientX - box.x) / box.width * width - left) / inner.w * model.get("look").days);
    const series = [floats(model, "first"), floats(model, "second")], on = day >= 0 && day < series[0].length;
    for (const part of [pointer, reading]) part.setAttribute("visibility", on ? "visible" : "hidden");
    if (!on) return;
    pointer.setAttribute("x1", x(day + .5)); pointer.setAttribute("x2", x(day + .5));
    const last = x(day) > width / 2; reading.setAttribute("x", x(day + .5) + (last ? -6 : 6)); reading.setAttribute("text-anchor", last ? "end" : "start");
    reading.textContent = `${model.get("look").x} ${day + 1}: ${series.map(s => value(s[day])).join(" · ")}`;
  });
  svg.addEventListener("pointerleave", () => { for (const part of [pointer, reading]) part.setAttribute("visibility", "hidden"); });
  tools(el, [["PNG", () => saveSvg(svg, "series", "png")], ["SVG", () => saveSvg(svg, "series", "svg")]]);
  return follow(model, { look: paint, first: paint, second: paint, ghost_first: paint, ghost_second: paint });
} };
