// The cards: pairs of what is recorded and what is true, and single figures.
// content: {pairs: [{title, help, left: {name, value}, right: {name, value}, gap, bad, beside}], singles: [{title, help, value}], words: {help, wait}}
export default { render({ model, el }) {
  el.classList.add("pa-board");
  const cards = make("div", { class: "pa-cards" }, el);
  let drawn = [], shape = "";
  const build = content => {
    cards.replaceChildren();
    drawn = [...content.pairs, ...content.singles].map(card => {
      const box = make("div", { class: "pa-card" }, cards), head = make("div", { class: "pa-card-title" }, box), title = make("span", {}, head);
      const help = make("button", { type: "button", class: "pa-help", "aria-expanded": false }, head, "?"), explanation = make("div", { class: "pa-explanation", hidden: "" }, box);
      help.addEventListener("click", () => { explanation.hidden = !explanation.hidden; help.setAttribute("aria-expanded", !explanation.hidden); });
      const row = make("div", { class: "pa-pair" }, box), sides = (card.left ? ["left", "right"] : ["alone"]).map(side => {
        const cell = make("div", { class: "pa-side pa-" + side }, row); return { value: make("div", { class: "pa-value" }, cell), name: make("div", { class: "pa-name" }, cell) };
      });
      return { title, help, explanation, sides, gap: make("div", { class: "pa-gap" }, box), beside: make("div", { class: "pa-beside" }, box) };
    });
  };
  const paint = () => {
    const content = model.get("content");
    if (!content.pairs) return;
    const now = content.pairs.length + "/" + content.singles.length;
    if (now !== shape) { shape = now; build(content); }
    [...content.pairs, ...content.singles].forEach((card, i) => {
      const d = drawn[i];
      put(d.title, "text", card.title); put(d.explanation, "text", card.help); put(d.help, "aria-label", content.words.help + ": " + card.title);
      (card.left ? [card.left, card.right] : [card]).forEach((side, k) => { put(d.sides[k].value, "text", side.value); put(d.sides[k].name, "text", side.name || ""); });
      put(d.beside, "text", card.beside || ""); put(d.gap, "text", card.gap || ""); d.gap.classList.toggle("pa-bad", !!card.bad);
    });
  };
  return follow(model, { content: paint });
} };
