// One run on the page: answer, figures, votes, candidates and tree, as they arrive. Every place is there from the start, so nothing jumps.
import { candidateRow } from "./candidate.js";
import { count, duration, figure, h, money, plural, say } from "./dom.js";
import { reasons } from "./run.js";

const shownVotes = 4;
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Lane {
  #scheduled = false; #rows = new Map(); #votes = []; #wait = 0;

  constructor(number, run, { isSearch, decides, onTrace, onCode, onAgain }) {
    this.run = run; this.onAgain = onAgain;
    const id = `lane-${number}`, meter = name => [h("dt", {}, name), h("dd", {}, "–")];
    this.state = h("span", { class: "state" }); this.value = h("p", { class: "value" }); this.sub = h("p", { class: "sub" });
    this.meters = Object.fromEntries(["calls", "tokens", "cost", "time"].map(name => [name, meter(name)]));
    this.votesHead = h("h3", {}, "Votes"); this.voteList = h("ol", { class: "votes" });
    this.candidatesHead = h("h3", {}, "Candidates"); this.list = h("ol", { class: "candidates", tabindex: 0, "aria-label": `Candidates of ${run.strategy}` });
    this.trace = h("button", { type: "button", disabled: true, onclick: onTrace }, "Open trace"); this.code = h("button", { type: "button", onclick: onCode }, "Copy as…");
    this.again = h("button", { type: "button", hidden: true, onclick: () => onAgain() }, "Try again");
    this.element = h("article", { class: "lane", "aria-labelledby": id },
      h("header", {}, h("h2", { id }, h("span", { class: `swatch c${number}`, "aria-hidden": "true" }), run.strategy), this.state),
      h("div", { class: "answer" }, this.value, this.sub),
      h("dl", { class: "meters" }, ...Object.values(this.meters).map(pair => h("div", {}, ...pair))),
      decides ? h("section", {}, h("h3", {}, "Decisions"), this.decisions = h("ol", { class: "decisions", tabindex: 0, "aria-label": `Decisions of ${run.strategy}` })) : null,
      isSearch ? this.treePanel() : null,
      h("section", {}, this.votesHead, this.voteList),
      h("section", {}, this.candidatesHead, this.list),
      h("footer", {}, this.trace, this.code, this.again));
    run.watchers.add(e => { this.picture?.add(e); this.changed(); });
    this.changed();
    this.tick();
  }

  treePanel() {
    const place = h("div", { class: "tree-view", role: "group", "aria-label": "Search tree" });
    // The drawing measures its place, so it begins once the place is on the page.
    requestAnimationFrame(() => { this.picture = globalThis.RunPicture(place); for (const e of this.run.events) this.picture.add(e); });
    return h("section", {}, h("h3", {}, "Search tree"), place);
  }

  changed() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => { this.#scheduled = false; this.paint(); });
  }

  // The clock of a run that goes on.
  tick() {
    say(this.meters.time[1], duration(this.run.elapsed));
    if (!this.run.isOver) setTimeout(() => this.tick(), still.matches ? 1000 : 100);
  }

  close() { clearInterval(this.#wait); this.picture?.close(); }

  paint() {
    const { run } = this, { usage } = run;
    this.element.dataset.state = run.isOver && !run.error && run.result && run.answer === null ? "unanswered" : run.state;
    this.element.setAttribute("aria-busy", !run.isOver);
    say(this.state, this.stateText());
    this.paintAnswer();
    say(this.meters.calls[1], count(usage.calls)); say(this.meters.tokens[1], count(usage.input + usage.output));
    say(this.meters.cost[1], run.hasPrices ? money(usage.cost) : "–"); say(this.meters.time[1], duration(run.elapsed));
    this.meters.tokens[1].title = `${count(usage.input)} in, ${count(usage.output)} out`;
    this.meters.cost[1].title = run.hasPrices ? "" : "This model has no price on this server.";
    for (const { what, why } of run.decisions.slice(this.decisions?.childElementCount ?? run.decisions.length)) this.decisions.append(h("li", {}, h("b", {}, what), ` ${why}`));
    this.paintVotes();
    this.paintCandidates();
    this.trace.disabled = run.events.length === 0;
  }

  stateText() {
    const { run } = this;
    switch (run.state) {
      case "waiting": return "waiting";
      case "running": return [run.stage || "starting", run.planned > 1 ? `${run.candidates.size} of ${run.planned}` : ""].filter(Boolean).join(" · ");
      case "cancelled": return "cancelled";
      case "failed": return "failed";
      default: return run.answer === null ? "no answer" : (run.result?.stop_reason || "completed").replace("budget_", "limit on ");
    }
  }

  paintAnswer() {
    const { run } = this, { result } = run, leader = run.votes()[0];
    if (run.error) { say(this.value, run.error.title); if (!this.#wait) say(this.sub, run.error.text); }
    else if (run.state === "cancelled") { say(this.value, "Cancelled"); say(this.sub, leader ? `${leader.answer} led with ${plural(leader.votes, "vote")}.` : "Before any candidate was there."); }
    else if (result && run.answer === null) { say(this.value, "No answer reached"); say(this.sub, result.failure || `Stopped because ${reasons[result.stop_reason] || result.stop_reason}.`); }
    else if (result) { say(this.value, run.answer); say(this.sub, [result.confidence != null ? `confidence ${figure(result.confidence)}` : "", plural(result.rounds, "round"), reasons[result.stop_reason] || result.stop_reason].filter(Boolean).join(" · ")); }
    else { say(this.value, leader ? leader.answer : "…"); say(this.sub, leader ? "leads so far" : "no candidate yet"); }
    this.value.title = this.value.textContent;
    this.again.hidden = !(run.error || run.state === "cancelled");
  }

  /** Counts down to when the server takes requests again. */
  countDown(seconds) {
    const until = performance.now() + seconds * 1000, show = () => {
      const left = Math.ceil((until - performance.now()) / 1000);
      say(this.sub, left > 0 ? `${this.run.error.text} It may be asked again in ${plural(left, "second")}.` : "It may be asked again now.");
      if (left <= 0) clearInterval(this.#wait);
    };
    this.#wait = setInterval(show, 1000);
    show();
  }

  paintVotes() {
    const votes = this.run.votes(), most = Math.max(1, ...votes.map(v => v.weight)), total = votes.reduce((sum, v) => sum + v.votes, 0);
    const weighted = votes.some(v => Math.abs(v.weight - v.votes) > 1e-9);
    say(this.votesHead, votes.length === 0 ? "Votes" : `Votes · ${plural(votes.length, "answer")}${votes.length > shownVotes ? `, ${shownVotes} shown` : ""}${weighted ? " · weight (votes)" : ""}`);
    votes.slice(0, shownVotes).forEach((vote, i) => {
      const row = this.#votes[i] ||= this.voteRow();
      say(row.answer, vote.answer); row.answer.title = vote.answer;
      say(row.figure, weighted ? `${figure(vote.weight)} (${vote.votes})` : `${vote.votes}`);
      row.bar.style.setProperty("--share", vote.weight / most);
      row.element.classList.toggle("wins", vote.wins || (!this.run.isOver && i === 0));
      row.element.setAttribute("aria-label", `${vote.answer}: ${vote.votes} of ${plural(total, "vote")}${weighted ? `, weight ${figure(vote.weight)}` : ""}`);
    });
    while (this.#votes.length > votes.length) this.#votes.pop().element.remove();
  }

  voteRow() {
    const row = { answer: h("span", { class: "vote-answer" }), bar: h("span", { class: "bar-fill" }), figure: h("span", { class: "vote-figure" }) };
    row.element = h("li", {}, row.answer, h("span", { class: "bar-track" }, row.bar), row.figure);
    this.voteList.append(row.element);
    return row;
  }

  paintCandidates() {
    const { run } = this, silent = [...run.candidates.values()].filter(c => c.answer === null).length;
    say(this.candidatesHead, run.candidates.size === 0 ? "Candidates" : `Candidates · ${count(run.candidates.size)}${silent > 0 ? `, ${silent} without an answer` : ""}`);
    for (const c of run.candidates.values()) {
      const known = this.#rows.get(c.id), mark = `${c.verdicts.length}/${c.isSelected}`;
      if (known?.mark === mark) continue;
      if (known) { known.mark = mark; known.fill(); continue; }
      const row = candidateRow(c);
      row.mark = mark;
      this.#rows.set(c.id, row);
      const next = [...this.list.children].find(other => Number(other.dataset.index) > c.index);
      this.list.insertBefore(row.element, next || null);
    }
    if (run.isOver && run.result && !this.opened) {
      this.opened = true;
      const won = this.#rows.get([...run.candidates.values()].find(c => c.isSelected)?.id);
      // What was chosen is read first, unless the reader has already opened something.
      if (won && !this.list.querySelector("details[open]")) { won.element.firstChild.open = true; this.list.scrollTop = won.element.offsetTop - this.list.offsetTop; }
    }
  }
}
