// A candidate in a lane: a line with its answer and score, and its whole text below.
import { figure, h } from "./dom.js";

// Tags of the shipped prompts become line breaks; whatever else a model writes stays as it is, as text.
const lines = text => text.replace(/<\/?(?:think|step|answer)>/g, "\n").replace(/\n{2,}/g, "\n").trim();

/** The row, and what fills it anew when the candidate is judged or chosen. */
export function candidateRow(c) {
  const head = h("summary"), body = h("div", { class: "solution" }), element = h("li", { "data-index": c.index }, h("details", {}, head, body));
  const fill = () => {
    const scored = c.verdicts.filter(v => v.score !== undefined && v.score !== null), score = scored.length > 0 ? scored.reduce((sum, v) => sum + v.score, 0) / scored.length : null;
    element.classList.toggle("selected", c.isSelected);
    head.replaceChildren(h("span", { class: "number" }, c.isSelected ? "★" : `${c.index + 1}`), h("span", { class: "candidate-answer" }, c.failure ? "failed" : c.answer ?? "–"),
      h("span", { class: "snippet" }, c.failure || lines(c.text).replace(/\s+/g, " ").slice(0, 160)), score === null ? c.verdicts.length > 0 ? h("span", { class: "score none", title: "The verifier abstains" }, "abstains") : "" : h("span", { class: `score s${Math.min(4, Math.floor(score * 5))}`, title: "Score of the verifiers" }, score.toFixed(2)));
    body.replaceChildren(h("pre", {}, c.failure || lines(c.text) || "(nothing)"), ...c.verdicts.map(v => h("p", { class: "verdict" }, h("b", {}, v.verifier), ` ${v.score === undefined || v.score === null ? "abstains" : figure(v.score, 3)}${v.rationale ? ` · ${v.rationale}` : ""}`)));
  };
  fill();
  return { element, fill };
}
