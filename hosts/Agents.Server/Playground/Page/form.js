// The form: settings in, settings out.
import { byId, h, say } from "./dom.js";
import { maxStrategies } from "./settings.js";

const numbers = ["samples", "temperature", "seed", "calls", "tokens", "seconds", "cost"];
const editable = new Set(["integer", "number", "choice", "integers"]);
const shared = new Set(["temperature", "verifier"]);

export class Form {
  #catalogue; #strategies = [];

  constructor(onChange) {
    this.onChange = onChange;
    byId("ask").addEventListener("input", () => { this.hints(); this.onChange(); });
    byId("add-strategy").addEventListener("click", () => this.add());
    byId("new-seed").addEventListener("click", () => { byId("seed").value = crypto.getRandomValues(new Uint32Array(1))[0]; this.onChange(); });
  }

  /** Fills the lists with what the server has. */
  offer(catalogue) {
    this.#catalogue = catalogue;
    byId("model").replaceChildren(...catalogue.models.map(m => h("option", { value: m.name }, m.name)));
    byId("verifier").replaceChildren(h("option", { value: "" }, "none"), ...catalogue.verifiers.map(v => h("option", { value: v.name }, v.name)));
    byId("samples").max = catalogue.limits.samples;
  }

  get settings() {
    const settings = { question: byId("question").value.trim(), model: byId("model").value, strategies: this.#strategies.map(({ name, set }) => ({ name, set: { ...set } })) };
    for (const name of numbers) if (byId(name).value !== "" && byId(name).validity.valid) settings[name] = Number(byId(name).value);
    if (byId("verifier").value) settings.verifier = byId("verifier").value;
    return settings;
  }

  set settings(given) {
    byId("question").value = given.question;
    byId("model").value = this.#catalogue.model(given.model) ? given.model : this.#catalogue.models[0]?.name ?? "";
    for (const name of numbers) byId(name).value = given[name] ?? "";
    byId("verifier").value = this.#catalogue.verifiers.some(v => v.name === given.verifier) ? given.verifier : "";
    const known = given.strategies.filter(s => this.#catalogue.strategy(s.name));
    this.#strategies = known.length > 0 ? known.map(s => ({ name: s.name, set: { ...s.set } })) : [{ name: this.#catalogue.strategies[0].name, set: {} }];
    byId("limits").open = ["calls", "tokens", "seconds", "cost"].some(name => given[name] !== undefined);
    this.pick();
  }

  /** What is wrong with the form, beside the field; true where nothing is. */
  check() {
    const error = byId("question-error"), empty = byId("question").value.trim() === "";
    say(error, empty ? "Write a question first, or take one of the examples." : "");
    error.hidden = !empty;
    byId("question").setAttribute("aria-invalid", empty);
    const wrong = empty ? byId("question") : [...byId("ask").querySelectorAll("input")].find(input => !input.validity.valid);
    if (wrong && !empty) { wrong.closest("details")?.setAttribute("open", ""); wrong.reportValidity(); }
    wrong?.focus();
    return !wrong;
  }

  add() {
    const chosen = new Set(this.#strategies.map(s => s.name));
    const next = ["adaptive-consistency", "beam-search", "direct", "auto"].find(name => !chosen.has(name) && this.#catalogue.strategy(name)) || this.#catalogue.strategies[0].name;
    this.#strategies.push({ name: next, set: {} });
    this.pick();
    byId("picks").lastElementChild.querySelector("select").focus();
    this.onChange();
  }

  remove(index) {
    this.#strategies.splice(index, 1);
    this.pick();
    byId("picks").children[Math.min(index, this.#strategies.length - 1)].querySelector("select").focus();
    this.onChange();
  }

  pick() {
    byId("picks").replaceChildren(...this.#strategies.map((chosen, i) => this.row(chosen, i)));
    byId("add-strategy").disabled = this.#strategies.length >= maxStrategies;
    this.hints();
  }

  row(chosen, i) {
    const select = h("select", { "aria-label": `Strategy ${i + 1}`, "aria-describedby": `pick-idea-${i}` });
    for (const [label, names] of this.#catalogue.groups())
      select.append(h("optgroup", { label }, ...names.map(name => h("option", { value: name, selected: name === chosen.name }, name))));
    select.addEventListener("change", () => {
      this.#strategies[i] = { name: select.value, set: {} };
      this.pick();
      byId("picks").children[i].querySelector("select").focus();
      this.onChange();
    });
    const about = this.#catalogue.strategy(chosen.name);
    const remove = this.#strategies.length < 2 ? null : h("button", { type: "button", class: "quiet icon", "aria-label": `Remove ${chosen.name}`, title: "Remove", onclick: () => this.remove(i) }, "×");
    return h("div", { class: "pick" },
      h("div", { class: "joined" }, h("span", { class: `swatch c${i}`, "aria-hidden": "true" }), select, remove),
      h("p", { class: "idea", id: `pick-idea-${i}` }, about.idea, " ", h("span", {}, `Calls ${about.calls}, ${about.critical_path} in a row.`)),
      h("p", { class: "problem", hidden: true }),
      this.ownSettings(about, chosen, i));
  }

  /** Settings of one strategy alone, from the server's table of them. */
  ownSettings(about, chosen, i) {
    const own = about.settings.filter(s => editable.has(s.type) && !shared.has(s.name));
    if (own.length === 0) return null;
    const head = h("summary"), name = () => say(head, ["Its own settings", Object.entries(chosen.set).map(([key, value]) => `${key} ${value}`).join(", ")].filter(Boolean).join(": "));
    name();
    return h("details", {}, head, h("div", { class: "grid" }, ...own.map(setting => {
      const id = `set-${i}-${setting.name}`, hint = setting.name === "samples" ? "as below" : setting.default ?? "default";
      const input = setting.choices
        ? h("select", { id }, h("option", { value: "" }, `${hint} (default)`), ...setting.choices.map(c => h("option", { value: c }, c)))
        : h("input", setting.type === "integers" ? { id, placeholder: hint, pattern: "\\s*\\d+(\\s*,\\s*\\d+)*\\s*" } : { id, type: "number", min: setting.minimum, max: setting.maximum, step: setting.type === "integer" ? 1 : "any", placeholder: hint });
      input.value = chosen.set[setting.name] ?? "";
      input.addEventListener("input", () => {
        if (input.value === "") delete chosen.set[setting.name];
        else chosen.set[setting.name] = input.value;
        name();
      });
      return h("div", { class: "field", title: setting.meaning }, h("label", { for: id }, setting.name), input);
    })));
  }

  hints() {
    const verifier = byId("verifier").value, strategies = this.#strategies;
    const users = strategies.filter(s => this.#catalogue.takes(s.name, "verifier")).map(s => s.name);
    const idea = this.#catalogue.verifiers.find(v => v.name === verifier)?.idea ?? "";
    say(byId("verifier-idea"), !verifier ? "Nothing judges the candidates." : users.length === 0 ? `${idea} None of the strategies above uses one.` : users.length < strategies.length ? `${idea} Used by ${users.join(", ")}.` : idea);
    [...byId("picks").children].forEach((row, i) => {
      const refusal = this.#catalogue.refusal(byId("model").value, strategies[i].name), place = row.querySelector(".problem");
      say(place, refusal);
      place.hidden = !refusal;
    });
  }
}
