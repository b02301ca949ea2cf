// A run as its events tell it: what a lane shows, and what a trace draws. Events of different calls may come in any order.
export class Run {
  constructor(strategy, prices) {
    this.strategy = strategy; this.prices = prices;
    this.state = "waiting"; this.events = []; this.watchers = new Set();
    this.candidates = new Map(); this.stage = ""; this.planned = 0; this.rounds = 0; this.decisions = []; this.notes = [];
    this.usage = { calls: 0, input: 0, output: 0, failed: 0, cost: 0 };
    this.result = null; this.output = null; this.error = null; this.started = 0; this.ended = 0; this.hasTree = false;
  }

  get isOver() { return this.state !== "waiting" && this.state !== "running"; }
  get elapsed() { return this.started === 0 ? 0 : (this.ended || performance.now()) - this.started; }
  get answer() { return this.result?.answer ?? null; }
  get hasPrices() { return Object.keys(this.prices).length > 0; }

  begin() { this.state = "running"; this.started = performance.now(); }

  /** Ends the run: completed, cancelled or failed. The first end stands. */
  end(state, error = null) {
    if (this.isOver) return;
    this.state = state; this.error = error; this.ended = performance.now();
  }

  add(e) {
    this.events.push(e);
    switch (e.type) {
      case "stage_started": this.stage = e.stage; this.planned += e.planned || 0; this.rounds++; break;
      case "call_finished": this.call(e); break;
      case "candidate_added": this.candidate(e.path || "", e.candidate); break;
      case "verdict_reached": this.candidates.get(`${e.path || ""}:${e.candidate}`)?.verdicts.push(e.verdict); break;
      case "node_changed": this.hasTree = true; break;
      case "decision_taken": this.decisions.push({ what: e.decision, why: e.reason }); break;
      case "note_added": this.notes.push(e.text); break;
      case "budget_reached": this.notes.push(`Limit reached: ${e.limit.replace("budget_", "")}.`); break;
      case "run_completed": this.complete(e.result); break;
    }
    for (const watcher of this.watchers) watcher(e);
  }

  call({ role, outcome = {} }) {
    const { input_tokens: input = 0, output_tokens: output = 0, cached_input_tokens: cached = 0 } = outcome.usage || {};
    const price = this.prices[role] || this.prices["*"];
    this.usage.calls++; this.usage.input += input; this.usage.output += output;
    if (outcome.failure) this.usage.failed++;
    if (price) this.usage.cost += ((input - cached) * price.input + cached * price.cached_input + output * price.output) / 1e6;
  }

  candidate(path, c) {
    const { thinking = "", text = "", failure } = c.sample?.outcome || {};
    this.candidates.set(`${path}:${c.index}`, { id: `${path}:${c.index}`, index: c.index, key: c.sample?.key, answer: c.answer ?? null, text: thinking ? `${thinking}\n\n${text}` : text, failure: failure?.message, verdicts: [...(c.verdicts || [])], isSelected: false });
  }

  complete(result) {
    this.result = result;
    // Runs that report no candidates on their way have them in their result.
    if (this.candidates.size === 0) for (const c of result.candidates || []) this.candidate("", c);
    for (const c of this.candidates.values()) c.isSelected = result.selected?.sample?.key === c.key && (result.selected.answer ?? null) === c.answer;
    const used = result.usage;
    this.usage = { calls: used.model_calls, input: used.input_tokens, output: used.output_tokens, failed: used.failed_calls || 0, cost: used.cost || 0 };
    this.notes = result.notes?.length > 0 ? result.notes : this.notes;
  }

  /** The votes, most first. While a run goes on equal texts count as equal; the result knows better. */
  votes() {
    if (this.result?.votes?.length > 0) return this.result.votes.map(v => ({ answer: v.answer, votes: v.votes, weight: v.weight, wins: v.answer === this.answer }));
    const counted = new Map();
    for (const { answer } of this.candidates.values()) if (answer !== null) counted.set(answer, (counted.get(answer) || 0) + 1);
    return [...counted].map(([answer, votes]) => ({ answer, votes, weight: votes, wins: answer === this.answer })).sort((a, b) => b.votes - a.votes);
  }
}

/** Why a run stopped, in words. */
export const reasons = {
  completed: "did all it set out to do", consensus: "the evidence was enough early", verified: "a verifier accepted it", fallback: "the deciding step gave nothing usable: the plurality instead",
  budget_calls: "limit on calls reached: best so far", budget_tokens: "limit on tokens reached: best so far", budget_cost: "limit on cost reached: best so far", budget_time: "limit on time reached: best so far",
  all_calls_failed: "every call failed", no_answer: "no sample states an answer",
};
