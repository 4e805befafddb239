// The teacher's screen: predictions as bars, drawn curves over each other, what the groups tried on one chart with its table.
// content: {bars: [[name, count]], curves: [[share, …]], first, second: [share, …], tried: [{name, words, reported, solved, texts}], words}
const PURPLE = "#5a2f8f", GREY = "#5b6470", BLUE = "#0b57d0";
const W = 420, H = 300, L = 46, T = 14, w = W - L - 14, h = H - T - 40;
export default { render({ model, el }) {
  el.classList.add("pa-room-board");
  const x = share => L + w * share, y = v => T + h * (1 - v);
  const box = title => { const one = make("div", { class: "pa-box" }, el); make("h3", {}, one, title); return one; };
  const picture = (parent, label) => draw("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": label, "font-size": 14, fill: "#1f2a37" }, parent);
  const grid = svg => { for (const share of [0, .25, .5, .75, 1]) { draw("line", { x1: L, x2: L + w, y1: y(share), y2: y(share), stroke: "#e1e6ed" }, svg); draw("text", { x: L - 6, y: y(share) + 5, "text-anchor": "end" }, svg, share * 100 + "%"); } };
  const path = values => { let text = "", pen = "M"; values.forEach((v, i) => { if (v === null) pen = "M"; else { text += `${pen}${x((i + .5) / values.length).toFixed(1)} ${y(v).toFixed(1)}`; pen = "L"; } }); return text; };
  const bars = c => {
    const one = box(c.words.bars), svg = picture(one, c.words.bars + ": " + c.bars.map(([name, n]) => `${name} ${n}`).join(", ")), most = Math.max(1, ...c.bars.map(([, n]) => n));
    c.bars.forEach(([name, n], i) => {
      const top = T + 10 + i * 88;
      draw("text", { x: 4, y: top }, svg, name); draw("rect", { x: 4, y: top + 8, width: (W - 70) * n / most, height: 40, fill: PURPLE, "data-count": n }, svg);
      draw("text", { x: 14 + (W - 70) * n / most, y: top + 37, "font-size": 24, "font-weight": 700 }, svg, n);
    });
  };
  const curves = c => {
    const one = box(c.words.curves), svg = picture(one, c.words.curves), steps = c.curves[0]?.length ?? 0;
    grid(svg); draw("text", { x: L + w, y: H - 14, "text-anchor": "end" }, svg, c.words.year);
    for (const curve of c.curves) draw("path", { d: path(curve), fill: "none", stroke: PURPLE, "stroke-width": 1.6, "stroke-opacity": .4, class: "pa-class-curve" }, svg);
    const mean = Array.from({ length: steps }, (_, i) => { const known = c.curves.map(curve => curve[i]).filter(v => v !== null && v !== undefined); return known.length ? known.reduce((a, b) => a + b, 0) / known.length : null; });
    if (c.curves.length > 1) draw("path", { d: path(mean), fill: "none", stroke: PURPLE, "stroke-width": 4, class: "pa-class-mean" }, svg);
    if (c.first.length) draw("path", { d: path(c.first), fill: "none", stroke: GREY, "stroke-width": 2.5, "stroke-dasharray": "5 4" }, svg);
    if (c.second.length) draw("path", { d: path(c.second), fill: "none", stroke: BLUE, "stroke-width": 3.5, class: "pa-class-truth" }, svg);
  };
  const tried = c => {
    const one = box(c.words.tried), svg = picture(one, c.words.tried);
    grid(svg); draw("line", { x1: L, y1: y(0), x2: L + w, y2: y(1), stroke: "#8b98a8", "stroke-dasharray": "4 4" }, svg);
    for (const share of [0, .5, 1]) draw("text", { x: x(share), y: T + h + 17, "text-anchor": share === 0 ? "start" : share === 1 ? "end" : "middle" }, svg, share * 100 + "%");
    draw("text", { x: L + w, y: H - 4, "text-anchor": "end" }, svg, c.words.reported + " →"); draw("text", { x: L + 6, y: T + 14 }, svg, "↑ " + c.words.solved);
    for (const point of c.tried) { const dot = draw("circle", { cx: x(point.reported), cy: y(point.solved), r: 6, fill: BLUE, "fill-opacity": .7, class: "pa-tried" }, svg); draw("title", {}, dot, `${point.name}: ${point.words}`); }
    if (!c.tried.length) { make("p", { class: "pa-note" }, one, c.words.empty); return; }
    const holder = make("div", { class: "pa-scroll", tabindex: 0, role: "region", "aria-label": c.words.tried }, one), table = make("table", { class: "pa-room-table" }, holder), head = make("tr", {}, make("thead", {}, table)), body = make("tbody", {}, table);
    for (const word of [c.words.group, c.words.changed, c.words.reported, c.words.solved]) make("th", { scope: "col" }, head, word);
    for (const point of c.tried) { const row = make("tr", {}, body); for (const cell of [point.name, point.words, ...point.texts]) make("td", {}, row, cell); }
  };
  const paint = () => { const c = model.get("content"); if (!c.words) return; el.replaceChildren(); bars(c); curves(c); tried(c); };
  return follow(model, { content: paint });
} };
