// The levers: native sliders and switches; the main ones first, the others in groups behind "more"; meaning, unit and source on demand; changed ones are marked and can be reset.
// spec: {words, groups: [{id, label, open, items: [{name, label, meaning, unit, source, type, low, high, step, choices: [[value, label]], shown}]}]}
// values: {name: value}; standard: {name: value of the scenario}
const same = (a, b) => a === b || (typeof a === "number" && typeof b === "number" && Math.abs(a - b) < 1e-9);
// A value as a reader writes it: switches and choices in words, numbers with separators and a true minus sign.
const shortened = (value, item, words) => {
  if (typeof value === "boolean") return value ? words.on : words.off;
  if (item.type === "choice") return (item.choices.find(([name]) => name === (value ?? "none")) ?? [0, String(value ?? "")])[1];
  return typeof value === "number" ? value.toLocaleString("en", { maximumFractionDigits: 4 }).replace("-", "−") : String(value ?? "");
};
export default { render({ model, el }) {
  el.classList.add("pa-levers");
  const holder = make("div", {}, el), open = new Set();
  let rows = [], spec = {};
  const put = (item, value) => model.send({ set: [item.name, value] });
  const control = (item, box) => {
    const labels = { id: "lever-" + item.name, "aria-describedby": "about-" + item.name };
    if (item.type === "switch") {
      const input = make("input", { type: "checkbox", ...labels }, box);
      input.addEventListener("change", () => put(item, input.checked));
      return { show: value => { input.checked = !!value; } };
    }
    if (item.type === "choice") {
      const input = make("select", labels, box);
      for (const [value, label] of item.choices) make("option", { value }, input, label);
      input.addEventListener("change", () => put(item, input.value));
      return { show: value => { input.value = value ?? "none"; } };
    }
    if (item.type === "date") {
      const input = make("input", { type: "date", ...labels }, box);
      input.addEventListener("change", () => { if (input.value) put(item, input.value); });
      return { show: value => { input.value = value; } };
    }
    const range = make("input", { type: "range", min: item.low, max: item.high, step: item.step, ...labels }, box);
    const number = make("input", { type: "number", min: item.low, max: item.high, step: "any", "aria-label": item.label }, box);
    range.addEventListener("input", () => {
      number.value = range.value; mark(item, +range.value);
      document.dispatchEvent(new CustomEvent("pa-drag", { detail: { name: item.name, values: { ...model.get("values"), [item.name]: +range.value } } }));  // the estimate answers while the run waits for the release
    });
    range.addEventListener("change", () => put(item, +range.value));
    number.addEventListener("change", () => { if (number.value !== "") put(item, Math.max(item.low, Math.min(item.high, +number.value))); });
    return { show: value => { range.value = value; number.value = +(+value).toFixed(6); range.setAttribute("aria-valuetext", shortened(value, item, spec.words) + " " + item.unit); } };
  };
  const mark = (item, value) => {
    const row = rows.find(r => r.item.name === item.name), standard = model.get("standard")[item.name];
    const changed = !same(value, standard);
    row.box.classList.toggle("pa-changed", changed); row.reset.hidden = !changed;
    row.was.textContent = changed ? `${spec.words.standard} ${shortened(standard, item, spec.words)}` : "";
    count();
  };
  const count = () => {
    for (const group of holder.querySelectorAll("details")) {
      const n = group.querySelectorAll(".pa-changed").length;
      group.querySelector(".pa-count").textContent = n ? `● ${n}` : "";
    }
  };
  const items = (group, details) => {
    for (const item of group.items) {
      const box = make("div", { class: "pa-lever", "data-lever": item.name }, details), top = make("div", { class: "pa-lever-top" }, box);
      make("label", { for: "lever-" + item.name }, top, item.label);
      const help = make("button", { type: "button", class: "pa-help pa-why", "aria-expanded": false, "aria-label": `? ${spec.words.about}: ${item.label}` }, top, "?");
      const reset = make("button", { type: "button", class: "pa-reset", "aria-label": "↺ " + spec.words.reset + ": " + item.label }, top, "↺ " + spec.words.reset);
      reset.addEventListener("click", () => model.send({ reset: item.name }));
      const inner = make("div", { class: "pa-input pa-" + item.type }, box), shown = control(item, inner);
      const was = make("span", { class: "pa-was" }, inner);
      const about = make("div", { class: "pa-about", id: "about-" + item.name, hidden: "" }, box, `${item.meaning} [${item.unit} · ${item.source}]`);
      help.addEventListener("click", () => { about.hidden = !about.hidden; help.setAttribute("aria-expanded", !about.hidden); });
      rows.push({ item, box, reset, was, show: shown.show });
    }
  };
  const build = () => {
    spec = model.get("spec"); rows = [];
    holder.replaceChildren();
    if (!spec.groups) return;
    const head = make("div", { class: "pa-levers-head" }, holder);
    make("h2", {}, head, spec.words.title);
    make("button", { type: "button", class: "pa-reset-all" }, head, spec.words.reset_all).addEventListener("click", () => model.send({ reset: "*" }));
    make("p", { class: "pa-note" }, holder, spec.words.note);
    let more = null;  // what holds the groups behind the main levers
    for (const group of spec.groups) {
      if (!group.label) { items(group, make("div", { class: "pa-main-levers" }, holder)); continue; }
      if (!more) {
        more = make("details", { class: "pa-more-levers", open: open.has("more") ? "" : null }, holder);
        const head = make("summary", {}, more, spec.words.more); make("span", { class: "pa-count" }, head);
        more.addEventListener("toggle", event => { if (event.target === more) more.open ? open.add("more") : open.delete("more"); });
      }
      const details = make("details", { open: open.has(group.id) || (group.open && !open.has("-" + group.id)) ? "" : null }, more);
      details.addEventListener("toggle", () => { open.delete(group.id); open.delete("-" + group.id); open.add((details.open ? "" : "-") + group.id); });
      const summary = make("summary", {}, details);
      make("span", {}, summary, group.label); make("span", { class: "pa-count" }, summary);
      items(group, details);
    }
    fill();
  };
  const fill = () => { const values = model.get("values"); for (const row of rows) { row.show(values[row.item.name]); mark(row.item, values[row.item.name]); } };
  return follow(model, { spec: build, values: fill, standard: fill, renewed: fill });
} };
