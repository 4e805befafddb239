// A labelled native list. content: {label, options: [[value, text]]}
export default { render({ model, el }) {
  el.classList.add("pa-choice");
  const label = make("label", {}, el), name = make("span", {}, label), list = make("select", {}, label);
  list.addEventListener("change", () => model.send({ chosen: list.value }));
  const fill = () => {
    const content = model.get("content");
    name.textContent = content.label || "";
    list.replaceChildren();
    for (const [value, text] of content.options || []) make("option", { value }, list, text);
    list.value = model.get("value");
  };
  return follow(model, { content: fill, value: () => { list.value = model.get("value"); } });
} };
