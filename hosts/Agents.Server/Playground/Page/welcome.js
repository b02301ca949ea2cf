// What stands on the page before anything is asked: questions that the embedded model can work out, some of them only by a vote
// or with a verifier, and first things to try.
import { byId, h } from "./dom.js";

const story = "Tom has 50 marbles. Anna has half as many marbles as Tom. Sam has 9 fewer than Anna. Max has six times as many marbles as Sam. How many marbles do all of them have in total?";
const money = "Mia has 69 dollars. For 3 weeks Mia earns 21 dollars each week. Mia lives 14 miles away. She spends 12 dollars. Her mother gives Mia 53 dollars. She pays 4 dollars on each of 3 days. She spends 128 dollars. How many dollars does Mia have now?";

const examples = [["Product", "123 x 456 ="], ["Brackets", "Evaluate 22 x 11 + 41 - (60 - 36) + 3 + 56."], ["Story", story], ["Longer", money]];

const of = (question, ...strategies) => ({ question, strategies: strategies.map(([name, samples]) => ({ name, set: samples ? { samples: String(samples) } : {} })) });

const trials = [
  { title: "One try, a vote, a verifier", text: "The same model on the same question: what a vote forgives, and what only a verifier sees.", settings: { ...of("How much is 845×903?", ["direct"], ["self-consistency"], ["verified-consistency"]), samples: 16 } },
  { title: "Watch a search", text: "Steps are judged one by one; the tree grows from the good ones.", settings: of(money, ["beam-search"], ["mcts", 16]) },
  { title: "How soon can it stop?", text: "A fixed number of samples beside a rule that stops once the vote is settled.", settings: of("123 x 456 =", ["self-consistency", 40], ["adaptive-consistency", 40]) },
  { title: "Let it decide", text: "The controller looks after each round whether to stop, vote on or search, and says why.", settings: of(story, ["auto", 40]) },
];

/** Offers the examples and the trials. */
export function showWelcome(onExample, onTrial) {
  byId("examples").append(...examples.map(([name, question]) => h("button", { type: "button", class: "chip", title: question, onclick: () => onExample(question) }, name)));
  byId("welcome").append(
    h("h2", {}, "Watch a model think more than once"),
    h("p", {}, "A strategy asks a model many times, reads the answers, weighs them, searches over steps, and stops when the evidence is enough. Ask your own question, or begin with one of these."),
    h("div", { class: "trials" }, ...trials.map(({ title, text, settings }) => h("button", { type: "button", onclick: () => onTrial(settings) },
      h("b", {}, title), h("span", {}, text), h("div", {}, ...settings.strategies.map(s => h("code", {}, s.set.samples ? `${s.name} ${s.set.samples}` : s.name)))))));
}
