// The district alive: every case is a dot that travels when something happens to it. One canvas; the server sends what happened, the browser draws the way.
// plan: {nodes: [{kind, name, target, group}], members: [[body, node, …]], homes: [name]}; words: {tones: [name], …}
// frame: float64 × 5 (first day, last day, k, number, wipe), then 12 bytes a move: time, tone, start, end (u2 each), problem (u4)
// state: float32: solved, paper, nodes; a size and a share on paper for each node; then community, problems, number of the busiest places
const INKS = ["#5b6470", "#b00020", "#1b7837", "#0b57d0", "#d95f02", "#d95f02", "#00798c", "#7b3294", "#6a3d9a", "#8a8f98"];
const LARGE = [2.4, 3.4, 2.4, 3, 3, 3.8, 3, 3, 3.6, 2], BACK = 5;
const FACE = '"Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC", sans-serif';
const MOST = 900, WAY = 900, LEAST_WAY = 260;  // dots at once; milliseconds that a dot travels when there is time, and at least
const spread = (count, from, to, i) => from + (to - from) * (i + .5) / Math.max(1, count);
// Places of all nodes, wide or tall: units in their tiers above the centre, communities by subdistrict below it, the ends at the side.
const layout = (plan, wide) => {
  const W = wide ? 1240 : 400, H = wide ? 560 : 700, of = kind => plan.nodes.map((n, i) => ({ ...n, i })).filter(n => n.kind === kind), at = [];
  const side = wide ? 1060 : 320, units = [...of("unit"), ...of("subdistrict")];
  const tiers = [3, 2, 1].filter(tier => units.some(u => u.group === tier)), [upper, lower] = wide ? [44, 192] : [40, 204];
  for (const [place, tier] of tiers.entries()) {
    const row = units.filter(u => u.group === tier), y = tiers.length === 1 ? (upper + lower) / 2 : upper + (lower - upper) * place / (tiers.length - 1);
    row.forEach((u, k) => { at[u.i] = { x: spread(row.length, wide ? 40 : 6, wide ? W - 20 : W - 6, k), y: y + (k % 2) * (wide ? 22 : 34) }; });
  }
  at[0] = { x: wide ? 560 : 170, y: wide ? 318 : 318 };
  const society = [...of("group"), ...of("organisation")];
  society.forEach((n, k) => { const row = wide ? 30 : 15; at[n.i] = { x: (wide ? 60 : 14) + (k % row) * (wide ? 12 : 10), y: (wide ? 296 : 372) + Math.floor(k / row) * 12 }; });
  of("body").forEach((n, k) => { at[n.i] = { x: (wide ? 690 : 230) + k * (wide ? 60 : 34), y: wide ? 366 : 378 }; });
  for (const n of of("meeting")) at[n.i] = { x: wide ? 760 : 250, y: wide ? 288 : 300 };
  for (const n of of("solved")) at[n.i] = { x: side, y: wide ? 300 : 330 };
  for (const n of of("paper")) at[n.i] = { x: side, y: wide ? 464 : 610 };
  const homes = plan.homes.length, across = wide ? homes : Math.min(2, homes), size = (side - (wide ? 110 : 60)) / Math.max(1, across), names = [];
  const deep = wide ? 112 : Math.min(228, 240 / Math.ceil(homes / 2)) - 14, crowd = Math.max(1, ...plan.homes.map((_, h) => of("community").filter(n => n.group === h).length));
  const fitting = t => Math.max(1, Math.floor((size + (wide ? 0 : 14)) / (t + 2)));
  const tile = (wide ? [25, 20, 16, 12, 9, 6] : [18, 14, 11, 8, 6]).find(t => Math.ceil(crowd / fitting(t)) * (t + 2) <= deep) ?? 5;  // the largest with which the fullest subdistrict has room
  for (let h = 0; h < homes; h++) {
    const left = (wide ? 16 : 8) + (h % across) * size, top = (wide ? 446 : 450) + Math.floor(h / across) * (wide ? 0 : 76), mine = of("community").filter(n => n.group === h);
    names.push({ x: left, y: top - 10, text: plan.homes[h] });
    const fit = fitting(tile);
    mine.forEach((n, k) => { at[n.i] = { x: left + tile / 2 + (k % fit) * (tile + 2), y: top + tile / 2 + Math.floor(k / fit) * (tile + 2) }; });
  }
  return { W, H, at, names, tile };
};
export default { render({ model, el }) {
  el.classList.add("pa-figure", "pa-live");
  const board = make("canvas", { role: "img" }, el), brush = board.getContext("2d"), still = matchMedia("(prefers-reduced-motion: reduce)");
  const legend = make("ul", { class: "pa-legend" }, el), note = make("p", { class: "pa-note", role: "status" }, el);
  let place = null, ground = null, stale = true, dots = [], waiting = [], k = 1, last = 0, span = 700, hovered = -1, gone = false, drawn = 0, began = performance.now(), most = 0;
  const facts = () => {
    const all = floats(model, "state"), count = all[2] || 0;
    return { solved: all[0] || 0, paper: all[1] || 0, size: all.subarray(3, 3 + count), share: all.subarray(3 + count, 3 + 2 * count), places: all.subarray(3 + 2 * count) };
  };
  const count = value => Math.round(value).toLocaleString("en");
  // The busiest places: triangles on their communities.
  const marks = now => {
    const plan = model.get("plan"), found = [];
    for (let i = 0; i + 2 < now.places.length; i += 3) {
      const node = plan.nodes.findIndex(n => n.target === "community:" + now.places[i]);
      if (node >= 0) found.push({ x: place.at[node].x + (i / 3 % 3 - 1) * 6, y: place.at[node].y, r: Math.min(9, 3 + Math.sqrt(now.places[i + 1]) * .6), problems: now.places[i + 1], number: now.places[i + 2] });
    }
    return found;
  };
  const fit = () => {
    const plan = model.get("plan"), width = el.clientWidth;
    if (!plan.nodes || !width) return;
    place = layout(plan, width > 640);
    const sharp = Math.min(2, devicePixelRatio || 1);
    board.width = width * sharp; board.height = width * place.H / place.W * sharp;
    board.style.width = width + "px"; board.style.height = width * place.H / place.W + "px";
    base();
  };
  // What changes once a frame of the server at most is drawn once, on a canvas of its own.
  const base = () => {
    if (!place) return;
    const { W, H, at, names, tile } = place, plan = model.get("plan"), words = model.get("words"), now = facts(), chosen = model.get("chosen");
    ground ??= document.createElement("canvas");
    ground.width = board.width; ground.height = board.height;
    const g = ground.getContext("2d"), small = W < 640, text = small ? 11.5 : 14;
    g.setTransform(board.width / W, 0, 0, board.width / W, 0, 0); g.clearRect(0, 0, W, H);
    g.font = `${text}px ${FACE}`; g.textAlign = "center";
    g.strokeStyle = "#e3e8ef"; g.lineWidth = 1;
    plan.nodes.forEach((n, i) => {
      if (!["unit", "subdistrict", "solved", "paper", "meeting"].includes(n.kind)) return;
      g.beginPath(); g.moveTo(at[0].x, at[0].y); g.quadraticCurveTo((at[0].x + at[i].x) / 2, (at[0].y + at[i].y) / 2 + 16, at[i].x, at[i].y);
      g.strokeStyle = n.target && n.target === chosen ? "#0b57d0" : "#e3e8ef"; g.stroke();
    });
    g.strokeStyle = "#c9b8dd";
    for (const [body, ...members] of plan.members) for (const m of members) { g.beginPath(); g.moveTo(at[body].x, at[body].y); g.lineTo(at[m].x, at[m].y); g.stroke(); }
    g.textAlign = "left"; g.fillStyle = "#465364";
    for (const name of names) g.fillText(name.text, name.x, name.y);
    g.fillText(words.society || "", small ? 14 : 60, small ? 360 : 280);
    const worst = Math.max(8, ...plan.nodes.map((n, i) => n.kind === "community" ? now.size[i] || 0 : 0));
    g.textAlign = "center";
    plan.nodes.forEach((n, i) => {
      const { x, y } = at[i], value = now.size[i] || 0, marked = n.target && n.target === chosen;
      g.lineWidth = marked ? 3 : 1; g.strokeStyle = marked ? "#0b57d0" : "#8b98a8";
      if (n.kind === "community") {
        const s = Math.min(1, value / worst);
        g.fillStyle = `rgb(${255 - s * 60},${247 - s * 150},${232 - s * 190})`; g.fillRect(x - tile / 2, y - tile / 2, tile, tile); g.strokeRect(x - tile / 2, y - tile / 2, tile, tile);
      } else if (n.kind === "unit" || n.kind === "subdistrict") {
        const r = Math.min(small ? 14 : 22, (small ? 5 : 7) + Math.sqrt(value) * (small ? .7 : 1));
        g.beginPath(); g.fillStyle = "#e9eef6"; if (n.kind === "subdistrict") g.rect(x - r, y - r, 2 * r, 2 * r); else g.arc(x, y, r, 0, 7); g.fill(); g.stroke();
        if (now.share[i] > 0) { g.beginPath(); g.strokeStyle = INKS[4]; g.lineWidth = 3; g.arc(x, y, r + 3, -Math.PI / 2, -Math.PI / 2 + 2 * Math.PI * now.share[i]); g.stroke(); }
        if (!small || n.kind === "subdistrict") { g.fillStyle = "#1f2a37"; g.fillText(n.name, x, y + r + text + 1); }
      } else if (n.kind === "centre") { g.beginPath(); g.fillStyle = "#12355b"; g.arc(x, y, small ? 13 : 18, 0, 7); g.fill(); g.fillText(n.name, x, y + (small ? 28 : 36)); }
      else if (n.kind === "organisation" || n.kind === "group") { g.globalAlpha = value > 0 ? 1 : .2; g.fillStyle = n.kind === "group" ? "#1b7837" : "#7b9fd4"; g.beginPath(); g.arc(x, y, n.kind === "group" ? 5 : 3.5, 0, 7); g.fill(); g.globalAlpha = 1; }
      else if (n.kind === "body" || n.kind === "meeting") { g.fillStyle = "#6a3d9a"; g.fillRect(x - 7, y - 7, 14, 14); g.fillText(n.name, x, y + 22); }
      else { const good = n.kind === "solved", tall = small ? 44 : 74, wide = small ? 62 : 110; g.fillStyle = good ? INKS[3] : "#b34700"; g.fillRect(x - wide / 2, y - tall / 2, wide, tall);
        g.fillStyle = "#fff"; g.font = `700 ${small ? 18 : 28}px ${FACE}`; g.fillText(count(good ? now.solved : now.paper), x, y + (small ? 6 : 10)); g.font = `${text}px ${FACE}`; g.fillStyle = "#1f2a37"; g.fillText(n.name, x, y + tall / 2 + text + 3); }
    });
    for (const { x, y, r } of marks(now)) { g.beginPath(); g.moveTo(x, y - r); g.lineTo(x + r, y + r * .7); g.lineTo(x - r, y + r * .7); g.closePath(); g.fillStyle = "#7a1f3d"; g.fill(); }
    const called = kind => plan.nodes.find(n => n.kind === kind).name;
    put(board, "aria-label", `${words.title}: ${called("solved")} ${count(now.solved)}, ${called("paper")} ${count(now.paper)}`);
    stale = true; kick();
    if (still.matches) paint(performance.now());
  };
  const take = () => {
    const view = model.get("frame");
    if (!view || view.byteLength < 40) return;
    const bytes = view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength), head = new Float64Array(bytes, 0, 5), now = performance.now();
    if (head[4]) { dots = []; waiting = []; }
    const moves = new DataView(bytes, 40), total = (bytes.byteLength - 40) / 12;
    span = last && now - last < 2500 ? Math.max(60, Math.min(1200, .7 * span + .3 * (now - last))) : 1200;  // the time until the next frame, as the last ones came
    last = now;
    const step = Math.max(1, Math.ceil(total * Math.max(LEAST_WAY, Math.min(WAY, span)) / span / MOST)); k = head[2] * step;
    if (!still.matches) for (let i = 0, o = 0; i < total; i++, o += 12) {
      const problem = moves.getUint32(o + 8, true);
      if (step > 1 && Math.floor(problem / head[2]) % step) continue;
      waiting.push({ at: now + span * moves.getUint16(o, true) / 65535, tone: moves.getUint16(o + 2, true), a: moves.getUint16(o + 4, true), b: moves.getUint16(o + 6, true), problem });
    }
    if (waiting.length > 4 * MOST) waiting.splice(0, waiting.length - 4 * MOST);
    put(note, "text", still.matches ? model.get("words").still : k > 1 ? model.get("words").thinned.replace("{k}", k) : "");
    board.dataset.frame = head[3]; board.dataset.moves = total;
    kick();
  };
  const spot = (dot, now) => {
    const a = place.at[dot.a], b = place.at[dot.b], t = Math.min(1, (now - dot.at) / dot.way), u = 1 - t, bend = ((dot.problem * 2654435761 >>> 0) / 4294967296 - .5) * 50;
    const mx = (a.x + b.x) / 2 + bend, my = (a.y + b.y) / 2 + bend * .6;
    return { x: u * u * a.x + 2 * u * t * mx + t * t * b.x, y: u * u * a.y + 2 * u * t * my + t * t * b.y, over: t >= 1 };
  };
  const paint = now => {
    if (!place || !ground) return;
    const scale = board.width / place.W, followed = model.get("followed");
    brush.setTransform(1, 0, 0, 1, 0, 0); brush.clearRect(0, 0, board.width, board.height); brush.drawImage(ground, 0, 0);
    brush.setTransform(scale, 0, 0, scale, 0, 0);
    const way = Math.max(LEAST_WAY, Math.min(WAY, span)), rest = [];
    for (const dot of waiting) if (dot.at <= now) { dot.way = way; if (dots.length < 1200) dots.push(dot); } else rest.push(dot);
    waiting = rest;
    const alive = [], tones = INKS.map(() => new Path2D());  // one path a colour: a thousand dots are ten fills
    for (const dot of dots) {
      if (!place.at[dot.a] || !place.at[dot.b]) continue;
      const p = spot(dot, now), r = LARGE[dot.tone];
      if (p.over) continue;
      alive.push(dot); dot.x = p.x; dot.y = p.y;
      tones[dot.tone].rect(p.x - r * .85, p.y - r * .85, 1.7 * r, 1.7 * r);
      if (dot.tone === BACK) tones[dot.tone].rect(p.x - r - 1.5, p.y - .7, 2 * r + 3, 1.4);
      if (dot.problem === followed || dot.problem === hovered) { brush.strokeStyle = "#111"; brush.lineWidth = 2; brush.beginPath(); brush.arc(p.x, p.y, 8, 0, 7); brush.stroke(); }
    }
    tones.forEach((path, i) => { brush.fillStyle = INKS[i]; brush.fill(path); });
    dots = alive; drawn++; stale = dots.length > 0; most = Math.max(most, dots.length);
  };
  // Frames are asked for only while something moves: a phone that shows a district at rest may rest too.
  let asked = false;
  const kick = () => { if (!asked && !gone) { asked = true; requestAnimationFrame(turn); } };
  const turn = now => {
    asked = false;
    if (gone || still.matches || !(dots.length || waiting.length || stale)) return;
    if (board.isConnected && place && !document.hidden) paint(now);
    kick();
  };
  board.measure = reset => { const found = { frames: drawn, seconds: (performance.now() - began) / 1000, dots: dots.length, most }; if (reset) { drawn = 0; most = 0; began = performance.now(); } return found; };
  const under = event => {
    const box = board.getBoundingClientRect(), x = (event.clientX - box.x) * place.W / box.width, y = (event.clientY - box.y) * place.H / box.height;
    const near = (items, reach) => items.reduce((best, one) => { const d = Math.hypot(one.x - x, one.y - y); return d < best[0] ? [d, one] : best; }, [reach, null])[1];
    const dot = near(dots.filter(d => d.x !== undefined), 12);
    if (dot) return "problem:" + dot.problem;
    const mark = near(marks(facts()), 5);
    if (mark) return "place:" + mark.number;
    const node = near(place.at.map((p, i) => ({ ...p, i })).filter(p => model.get("plan").nodes[p.i].target), 20);
    return node ? model.get("plan").nodes[node.i].target : "";
  };
  board.addEventListener("click", event => { const target = place && under(event); if (target) model.send({ chosen: target }); });
  board.addEventListener("pointermove", event => {
    if (!place) return;
    const target = under(event), node = model.get("plan").nodes.findIndex(n => n.target && n.target === target), now = facts(), words = model.get("words");
    board.style.cursor = target ? "pointer" : ""; hovered = target.startsWith("problem:") ? +target.slice(8) : -1;
    const n = model.get("plan").nodes[node], kind = n?.kind, at = target.startsWith("place:") && marks(now).find(m => "place:" + m.number === target);
    board.title = at ? words.place.replace("{count}", count(at.problems)) : hovered >= 0 ? words.case.replace("{number}", hovered) : !n ? "" : kind === "community" ? `${n.name}: ${words.there} ${count(now.size[node])}`
      : kind === "unit" || kind === "subdistrict" ? `${n.name}: ${words.queue} ${count(now.size[node])}; ${words.paper} ${Math.round(100 * now.share[node])}%` : n.name;
  });
  const name = () => {
    const words = model.get("words");
    legend.replaceChildren(...(words.tones || []).map((text, i) => { const line = make("li"); make("span", { style: `background:${INKS[i]}` }, line); line.append(text); return line; }));
    base();
  };
  const sizes = new ResizeObserver(fit);
  sizes.observe(el); still.addEventListener("change", base);
  tools(el, [["PNG", () => savePicture(board, "district", model.get("words").title)]]);
  const stop = follow(model, { plan: fit, words: name, state: base, chosen: base, frame: take });
  return () => { gone = true; stop(); sizes.disconnect(); still.removeEventListener("change", base); };
} };
