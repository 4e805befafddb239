// The opening: one case in seven taps. A dot goes from station to station; what is said of each step stands under it.
// content: {title, taps: [{head, text, date, note}], stations: [home, channel, centre, unit, record], ends: [solved, paper, other], dots, words}
const WAY = [[0, 0], [0, 1], [1, 2], [2, 3], [3, 4], [4, 0]], TONES = ["#5b6470", "#5b6470", "#5b6470", "#5b6470", "#d95f02", "#d95f02"];  // stations of each tap, and the colour of the case
const ENDS = ["#0b57d0", "#d95f02", "#b9c1cb"];
export default { render({ model, el }) {
  el.classList.add("pa-opening");
  const small = window.innerWidth < 700, W = small ? 380 : 900, H = small ? 330 : 330, size = small ? 15 : 16;
  const at = small ? [[74, 262], [56, 110], [160, 48], [300, 96], [290, 230]] : [[120, 250], [220, 110], [430, 80], [650, 120], [740, 250]];
  const svg = draw("svg", { viewBox: `0 0 ${W} ${H}`, role: "img" }, el), ground = draw("g", { "font-size": size, "text-anchor": "middle" }, svg), crowd = draw("g", {}, svg);
  const dot = draw("circle", { r: 11, class: "pa-opening-dot", stroke: "#fff", "stroke-width": 2 }, svg);
  const said = make("div", { class: "pa-opening-said", role: "status" }, el), head = make("p", { class: "pa-opening-head" }, said), text = make("p", { class: "pa-read" }, said), note = make("p", { class: "pa-note" }, said);
  const row = make("div", { class: "pa-opening-row" }, el), next = make("button", { type: "button", class: "pa-opening-next", "data-act": "tap" }, row), step = make("span", { class: "pa-note" }, row), skip = make("button", { type: "button", class: "pa-link", "data-act": "skip" }, row);
  const last = () => model.get("content").taps.length - 1, ready = () => (model.get("content").taps ?? []).length > 0;
  next.disabled = true;
  next.addEventListener("click", () => { if (!ready()) return; const tap = model.get("tap"); if (tap >= last()) model.send({ live: true }); else { model.set("tap", tap + 1); model.send({ tap: tap + 1 }); } });
  skip.addEventListener("click", () => model.send({ live: true }));
  const scene = c => {
    ground.replaceChildren();
    at.slice(1).forEach((p, i) => draw("line", { x1: at[i][0], y1: at[i][1], x2: p[0], y2: p[1], stroke: "#d5dbe3", "stroke-width": 2 }, ground));
    const [home, , , , paper] = at;
    draw("path", { d: `M${home[0] - 34} ${home[1] + 30}V${home[1] - 12}L${home[0]} ${home[1] - 42}L${home[0] + 34} ${home[1] - 12}V${home[1] + 30}Z`, fill: "#fff4e0", stroke: "#8a6d3b", "stroke-width": 2 }, ground);
    for (const p of at.slice(1, 4)) draw("circle", { cx: p[0], cy: p[1], r: 26, fill: "#e9eef6", stroke: "#12355b", "stroke-width": 2 }, ground);
    draw("rect", { x: paper[0] - 42, y: paper[1] - 28, width: 84, height: 56, fill: "#fdf0e6", stroke: "#b34700", "stroke-width": 2 }, ground);
    c.stations.forEach((name, i) => {
      const wide = Math.max(6, Math.floor((small ? 16 : 30) / (/[\u2e80-\uffff]/.test(name) ? 1.8 : 1))), cut = name.length > wide && name.includes(" ") ? name.lastIndexOf(" ", wide) : -1;
      const parts = cut > 0 ? [name.slice(0, cut), name.slice(cut + 1)] : [name];
      parts.forEach((part, k) => draw("text", { x: at[i][0], y: at[i][1] + (i === 0 ? 52 : 48) + k * (size + 2), fill: "#1f2a37", "paint-order": "stroke", stroke: "#fff", "stroke-width": 4 }, ground, part));
    });
  };
  const many = c => {
    crowd.replaceChildren();
    const columns = small ? 25 : 40, gap = (W - 20) / columns, r = Math.min(6, gap * .36), solved = Math.round(c.ends[0] * c.dots), paper = Math.round(c.ends[1] * c.dots);
    for (let i = 0; i < c.dots; i++) draw("circle", { cx: (10 + gap * (i % columns + .5)).toFixed(1), cy: (12 + Math.floor(i / columns) * (H - 20) / Math.ceil(c.dots / columns) + 4).toFixed(1), r: r.toFixed(1), fill: ENDS[i < solved ? 0 : i < solved + paper ? 1 : 2] }, crowd);
  };
  const paint = () => {
    const c = model.get("content"), words = c.words;
    if (!words) return;
    put(skip, "text", words.skip); put(svg, "aria-label", c.title); next.disabled = !ready();
    if (!ready()) { put(head, "text", words.wait); put(next, "text", words.next); return; }
    const tap = Math.min(last(), model.get("tap")), one = c.taps[tap], over = tap === last();
    if (scene.of !== c) { scene.of = c; scene(c); crowd.replaceChildren(); }
    ground.style.display = dot.style.display = over ? "none" : ""; crowd.style.display = over ? "" : "none";
    if (over && !crowd.childElementCount) many(c);
    if (!over) { const [x, y] = at[WAY[tap][1]]; dot.style.transform = `translate(${x}px, ${y}px)`; dot.setAttribute("fill", TONES[tap]); }
    put(head, "text", one.head); put(text, "text", (one.date ? one.date + " · " : "") + one.text); put(note, "text", one.note ?? "");
    put(next, "text", over ? words.live : words.next); put(step, "text", words.step.replace("{number}", tap + 1).replace("{all}", last() + 1)); el.dataset.tap = tap;
  };
  return follow(model, { content: paint, tap: paint });
} };
