// A labelled file field that a keyboard reaches. words: {label, too_large}; accept: ".toml"; most: bytes
export default { render({ model, el }) {
  el.classList.add("pa-upload");
  const label = make("label", {}, el), name = make("span", {}, label), field = make("input", { type: "file", accept: model.get("accept") }, label);
  const note = make("span", { role: "status" }, el);
  field.addEventListener("change", async () => {
    const file = field.files[0];
    if (!file) return;
    if (file.size > model.get("most")) { note.textContent = model.get("words").too_large; return; }
    note.textContent = file.name;
    const bytes = await file.arrayBuffer();
    model.send({ name: file.name }, {}, [bytes]);
    field.value = "";
  });
  return follow(model, { words: () => { name.textContent = model.get("words").label || ""; } });
} };
