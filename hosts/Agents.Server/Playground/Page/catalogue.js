// What there is to choose from, as the server tells it.
import { get } from "./api.js";

export class Catalogue {
  static async load() {
    const [served, strategies, verifiers] = await Promise.all([get("api/models"), get("api/strategies"), get("api/verifiers")]);
    return new Catalogue(served, strategies, verifiers);
  }

  constructor({ models, limits }, strategies, verifiers) {
    this.models = models; this.limits = limits; this.strategies = strategies; this.verifiers = verifiers;
    this.byName = new Map(strategies.map(s => [s.name, s]));
  }

  strategy(name) { return this.byName.get(name); }
  model(name) { return this.models.find(m => m.name === name); }
  takes(strategy, setting) { return this.strategy(strategy)?.settings.some(s => s.name === setting) || false; }
  refusal(model, strategy) { return this.model(model)?.refuses[strategy] || ""; }
  isSearch(strategy) { return this.takes(strategy, "aggregation") || strategy === "ab-mcts"; }

  /** Strategies by what they do, told by what they can be set to. */
  groups() {
    const groups = new Map([["One solution", []], ["Many samples", []], ["With a verifier", []], ["Search over steps", []], ["Several models", []]]);
    for (const { name } of this.strategies) {
      groups.get(this.isSearch(name) ? "Search over steps"
        : this.takes(name, "panel") || this.takes(name, "stages") ? "Several models"
          : this.takes(name, "verifier") ? "With a verifier"
            : this.takes(name, "samples") ? "Many samples" : "One solution").push(name);
    }
    return [...groups].filter(([, names]) => names.length > 0);
  }
}
