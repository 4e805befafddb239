// What an emulator tells while a lever is dragged: evaluated here, within a frame, beside the usual settings.
// file: {names, low, high, points, days, outcomes: [surface], curves: [{name, mean, axes, parts, half, r2}], runs}; a surface: {name, mean, spread, lengths, weights, r2, half}
// names: {name: [label, percent, decimals]}; usual: {setting: value}; words: {title, band, before, outside, close}
const LEAST_R2 = .8, ORANGE = "#d95f02", BLUE = "#0b57d0";
const place = (file, settings) => file.names.map((name, i) => (settings[name] - file.low[i]) / (file.high[i] - file.low[i]));
const surface = (file, one, at) => {
  let sum = 0;
  for (let p = 0; p < file.points.length; p++) {
    const point = file.points[p]; let far = 0;
    for (let i = 0; i < at.length; i++) { const d = (point[i] - at[i]) / one.lengths[i]; far += d * d; }
    sum += one.weights[p] * Math.exp(-.5 * far);
  }
  return one.mean + one.spread * sum;
};
const curve = (file, one, at) => { const scores = one.parts.map(part => surface(file, part, at)); return one.mean.map((m, day) => scores.reduce((sum, s, k) => sum + s * one.axes[k][day], m)); };
export default { render({ model, el }) {
  el.classList.add("pa-estimate"); el.hidden = true;
  const head = make("div", { class: "pa-heading" }, el), title = make("h3", {}, head), close = make("button", { type: "button", class: "pa-link pa-close" }, head, "✕ " + model.get("words").close);
  const why = make("p", { class: "pa-note", role: "status" }, el), body = make("div", { class: "pa-estimate-body" }, el);
  const width = 330, height = 190, left = 40, svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img" }, body), rows = make("table", {}, body);
  const hide = () => { el.hidden = true; };
  close.addEventListener("click", hide);
  const x = (day, last) => left + (width - left - 6) * day / last, y = v => 8 + (height - 34) * (1 - Math.max(0, Math.min(1, v)));
  const path = (file, values) => values.map((v, i) => `${i ? "L" : "M"}${x(file.days[i], file.days.at(-1)).toFixed(1)} ${y(v).toFixed(1)}`).join("");
  const text = (value, [, percent, digits]) => percent ? (100 * value).toFixed(0) + "%" : value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace("-", "−");
  const show = event => {
    const file = model.get("file"), words = model.get("words"), names = model.get("names"), usual = model.get("usual"), began = performance.now();
    if (!file.names || !file.names.includes(event.detail.name)) return;
    const settings = { ...usual, ...event.detail.values }, unusable = model.get("unusable");
    const outside = file.names.some((name, i) => settings[name] < file.low[i] - 1e-9 || settings[name] > file.high[i] + 1e-9);
    el.hidden = false; put(title, "text", words.title.replace("{runs}", file.runs)); put(close, "text", "✕ " + words.close);
    body.hidden = !!unusable || outside; put(why, "text", unusable || (outside ? words.outside : words.band));
    if (body.hidden) return;
    const here = place(file, settings), before = place(file, usual);
    svg.replaceChildren(); rows.replaceChildren();
    for (const share of [0, .5, 1]) { draw("line", { x1: left, x2: width - 6, y1: y(share), y2: y(share), stroke: "#e1e6ed" }, svg); draw("text", { x: left - 5, y: y(share) + 5, "font-size": 13, "text-anchor": "end", fill: "#1f2a37" }, svg, share * 100 + "%"); }
    file.curves.forEach((one, i) => {
      if (one.r2 < LEAST_R2) return;
      const ink = i ? BLUE : ORANGE, now = curve(file, one, here), was = curve(file, one, before), up = now.map((v, d) => v + one.half[d]), down = now.map((v, d) => v - one.half[d]);
      const back = down.map((v, d) => `L${x(file.days[d], file.days.at(-1)).toFixed(1)} ${y(v).toFixed(1)}`).reverse().join("");
      draw("path", { d: path(file, up) + back + "Z", fill: ink, "fill-opacity": .22 }, svg); draw("path", { d: path(file, now), fill: "none", stroke: ink, "stroke-width": 2.5, "stroke-dasharray": i ? "none" : "7 4" }, svg);
      draw("path", { d: path(file, was), fill: "none", stroke: "#5b6470", "stroke-width": 1.3, "stroke-opacity": .7 }, svg);
    });
    put(svg, "aria-label", file.curves.map(one => names[one.name][0]).join(", "));
    const top = make("tr", {}, make("thead", {}, rows)), list = make("tbody", {}, rows);
    for (const word of [words.outcome, words.before, words.estimate]) make("th", { scope: "col" }, top, word);
    for (const one of file.outcomes) {
      if (one.r2 < LEAST_R2) continue;
      const line = make("tr", { "data-outcome": one.name }, list), now = surface(file, one, here);
      make("td", {}, line, names[one.name][0]); make("td", {}, line, text(surface(file, one, before), names[one.name]));
      make("td", {}, line, `${text(now - one.half, names[one.name])} – ${text(now + one.half, names[one.name])}`);
    }
    el.dataset.took = (performance.now() - began).toFixed(2);
  };
  document.addEventListener("pa-drag", show);
  const stop = follow(model, { over: hide });
  return () => { stop(); document.removeEventListener("pa-drag", show); };
} };
