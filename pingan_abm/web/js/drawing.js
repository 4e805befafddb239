// A curve to draw: the reader's guess first, with a pen, a finger or the arrow keys; then the true one over it.
// words: {title, hint, mine, first, second, slip}; known, truth: float32, one value a day
const STEPS = 24;
export default { render({ model, el }) {
  el.classList.add("pa-figure", "pa-drawing");
  const width = window.innerWidth < 600 ? 380 : 640, height = 300, left = 46, top = 10,  // on a phone with letters as large
     inner = { w: width - left - 10, h: height - top - 34 };
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, tabindex: 0, role: "group" }, el), grid = draw("g", { "font-size": 14, fill: "#1f2a37" }, svg);
  const lines = { known: ["#5b6470", "5 4"], truth: ["#0b57d0", "none"], mine: ["#5a2f8f", "none"] };
  const paths = Object.fromEntries(Object.entries(lines).map(([name, [ink, dash]]) => [name, draw("path", { fill: "none", stroke: ink, "stroke-width": 3, "stroke-dasharray": dash, class: "pa-drawn-" + name }, svg)]));
  const note = make("p", { class: "pa-note", role: "status" }, el), guess = Array.from({ length: STEPS }, (_, i) => model.get("mine")[i] ?? NaN);
  let pen = false, at = 0;
  const x = share => left + inner.w * share, y = v => top + inner.h * (1 - v);
  for (const share of [0, .25, .5, .75, 1]) { draw("line", { x1: left, x2: width - 10, y1: y(share), y2: y(share), stroke: "#e1e6ed" }, grid); draw("text", { x: left - 6, y: y(share) + 5, "text-anchor": "end" }, grid, share * 100 + "%"); }
  const trace = (values, step) => { let path = "", mark = "M"; for (let i = 0; i < values.length; i += step) if (Number.isNaN(values[i])) mark = "M"; else { path += `${mark}${x((i + .5) / values.length).toFixed(1)} ${y(values[i]).toFixed(1)}`; mark = "L"; } return path; };
  const paint = () => {
    const words = model.get("words"), truth = floats(model, "truth");
    put(svg, "aria-label", words.title || ""); put(paths.known, "d", trace(floats(model, "known"), 3)); put(paths.truth, "d", trace(truth, 3)); put(paths.mine, "d", trace(guess, 1));
    const drawn = guess.filter(v => !Number.isNaN(v)).length;
    let text = words.hint || "";
    if (truth.length && drawn) {
      const errors = guess.map((v, i) => Math.abs(v - truth[Math.floor((i + .5) / STEPS * truth.length)])).filter(v => !Number.isNaN(v));
      text = words.slip.replace("{points}", Math.round(100 * errors.reduce((a, b) => a + b, 0) / errors.length));
    }
    put(note, "text", text);
  };
  const set = (i, value) => { guess[Math.max(0, Math.min(STEPS - 1, i))] = Math.max(0, Math.min(1, value)); paint(); };
  const from = event => { const box = svg.getBoundingClientRect(); set(Math.floor(((event.clientX - box.x) / box.width * width - left) / inner.w * STEPS), 1 - ((event.clientY - box.y) / box.height * height - top) / inner.h); };
  const open = () => !floats(model, "truth").length;
  svg.addEventListener("pointerdown", event => { if (!open()) return; pen = true; svg.setPointerCapture(event.pointerId); from(event); });
  svg.addEventListener("pointermove", event => { if (pen) from(event); });
  const lift = () => { if (!pen) return; pen = false; model.send({ drawn: guess.map(v => Number.isNaN(v) ? null : +v.toFixed(3)) }); };
  svg.addEventListener("pointerup", lift); svg.addEventListener("pointercancel", lift);
  svg.addEventListener("keydown", event => {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, .05], ArrowDown: [0, -.05] }[event.key];
    if (!step || !open()) return;
    event.preventDefault();
    const value = Number.isNaN(guess[at]) ? .5 : guess[at];
    at = Math.max(0, Math.min(STEPS - 1, at + step[0])); set(at, (Number.isNaN(guess[at]) ? value : guess[at]) + step[1]);
    model.send({ drawn: guess.map(v => Number.isNaN(v) ? null : +v.toFixed(3)) });
  });
  const legend = make("ul", { class: "pa-legend" }, el);
  const name = () => { const words = model.get("words"); legend.replaceChildren(...[["known", words.first], ["mine", words.mine], ["truth", words.second]].map(([kind, text]) => { const line = make("li"); make("span", { style: `background:${lines[kind][0]}` }, line); line.append(text || ""); return line; })); paint(); };
  return follow(model, { words: name, known: paint, truth: paint });
} };
