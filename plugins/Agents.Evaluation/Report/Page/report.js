"use strict";
// The list of questions. The other half of this format is QuestionData. All text goes in as text nodes, never as markup.
(() => {
  const index = JSON.parse(document.getElementById("index").textContent);
  const chunks = new Map();
  const page = 60, shortText = 2500;
  const list = document.getElementById("list"), more = document.getElementById("more"), found = document.getElementById("found");
  let matches = [], shown = 0;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined && text !== null) element.textContent = text;
    return element;
  };
  const candidatesOf = i => {
    const chunk = Math.floor(i / index.chunk);
    if (!chunks.has(chunk)) chunks.set(chunk, JSON.parse(document.getElementById("chunk-" + chunk).textContent));
    return chunks.get(chunk)[i % index.chunk];
  };
  const word = c => c === 1 ? "right" : c === 0 ? "wrong" : "undecided";
  const chip = (c, label) => {
    const element = make("span", "chip " + (c === 1 ? "ok" : c === 0 ? "no" : "un"), c === 1 ? "✓" : c === 0 ? "✗" : "?");
    element.title = label + ": " + word(c);
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", element.title);
    return element;
  };
  const count = (n, one, many) => n + " " + (n === 1 ? one : many);

  const tests = {
    all: () => true,
    wrong: q => q.r.some(r => r.c !== 1),
    differ: q => q.r.some(r => r.a !== q.r[0].a || r.c !== q.r[0].c),
    missed: (q, i) => q.r.some(r => r.c !== 1) && candidatesOf(i).some(c => c.c === 1)
  };

  index.questions.forEach(q => { q.key = [q.id, q.q, q.gold, ...q.r.map(r => r.a || "")].join("\n").toLowerCase(); });

  function select() {
    const test = tests[document.querySelector("input[name=show]:checked").value];
    const words = document.getElementById("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    matches = [];
    index.questions.forEach((q, i) => { if (words.every(w => q.key.includes(w)) && test(q, i)) matches.push(i); });
    list.textContent = "";
    shown = 0;
    found.textContent = matches.length === index.questions.length
      ? count(matches.length, "question", "questions")
      : matches.length + " of " + count(index.questions.length, "question", "questions");
    extend();
  }

  function extend() {
    const part = document.createDocumentFragment();
    matches.slice(shown, shown + page).forEach(i => part.append(row(i)));
    list.append(part);
    shown = Math.min(matches.length, shown + page);
    more.hidden = shown >= matches.length;
    more.textContent = "Show more (" + (matches.length - shown) + " left)";
  }

  function row(i) {
    const q = index.questions[i], details = make("details", "question"), summary = make("summary"), marks = make("span", "marks");
    q.r.forEach(r => marks.append(chip(r.c, index.strategies[r.s])));
    const answers = [...new Set(q.r.map(r => r.a === null ? "no answer" : r.a))].join(" / ");
    summary.append(marks, make("span", "brief", q.q), make("span", "sub", q.id + " · gold " + q.gold + " · answered " + answers));
    details.append(summary);
    details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) details.append(body(i)); });
    return details;
  }

  function body(i) {
    const q = index.questions[i], all = make("div", "body"), outcomes = make("div", "outcomes");
    q.r.forEach(r => outcomes.append(outcome(q, r)));
    const candidates = candidatesOf(i), title = make("h4", "", count(candidates.length, "candidate", "candidates"));
    const right = candidates.filter(c => c.c === 1).length;
    title.append(make("span", "dim", " · " + right + " right"));
    all.append(make("p", "full", "Gold answer: " + q.gold), outcomes, title);
    candidates.forEach((c, n) => all.append(candidate(c, n, q)));
    return all;
  }

  function outcome(q, r) {
    const box = make("div", "outcome"), head = make("h4", "", index.strategies[r.s] + " "), answer = make("p");
    head.append(chip(r.c, index.strategies[r.s]));
    answer.append(make("span", "answer", r.a === null ? "no answer" : r.a));
    const facts = [];
    if (r.conf !== undefined) facts.push("confidence " + (100 * r.conf).toFixed(0) + " %");
    facts.push(count(r.n, "sample", "samples"), count(r.calls, "call", "calls"), count(r.rounds, "round", "rounds"), r.stop.replaceAll("_", " "));
    answer.append(make("span", "dim", " · " + facts.join(" · ")));
    box.append(head, answer);
    if (r.fail) box.append(make("p", "dim", r.fail));
    const most = Math.max(1, ...r.votes.map(v => v[2])), weighted = r.votes.some(v => v[2] !== v[1]);
    r.votes.forEach(v => {
      const vote = make("div", "vote"), what = make("span", "what", v[0]), track = make("span", "track"), fill = make("span", "fill" + (v[3] === 1 ? " yes" : v[3] === 0 ? " not" : ""));
      what.title = v[0] + " (" + word(v[3]) + ")";
      fill.style.width = (100 * v[2] / most) + "%";
      track.append(fill);
      vote.append(what, track, make("span", "how", (v[3] === 1 ? "✓ " : "") + (weighted ? v[2].toFixed(2) + " (" + v[1] + ")" : v[1])));
      box.append(vote);
    });
    if (r.abst > 0) box.append(make("p", "dim", count(r.abst, "sample states", "samples state") + " no answer"));
    return box;
  }

  function candidate(c, n, q) {
    const details = make("details", "candidate"), summary = make("summary");
    summary.append(make("span", "dim", "#" + c.i), chip(c.c, "candidate " + c.i), make("span", "said", c.fail ? "failed" : c.a === null ? "no answer" : c.a));
    const by = c.by.length === index.strategies.length && c.by.length > 1 ? "all strategies" : c.by.map(s => index.strategies[s]).join(", ");
    const chosen = q.r.filter(r => r.sel === n).map(r => index.strategies[r.s]);
    if (chosen.length) {
      const mark = make("span", "chip un", "chosen by " + (chosen.length === 1 ? chosen[0] : chosen.length === index.strategies.length ? "all" : chosen.length + " strategies"));
      mark.title = "chosen by " + chosen.join(", ");
      summary.append(mark);
    }
    summary.append(make("span", "peek", c.fail || c.t.slice(0, 160).replace(/\s+/g, " ")));
    details.append(summary);
    details.addEventListener("toggle", () => {
      if (!details.open || details.children.length > 1) return;
      details.append(make("p", "dim", "In " + by + (c.v ? " · " + c.v : "")));
      const text = c.fail || c.t, pre = make("pre", "", text.length > shortText ? text.slice(0, shortText) + "…" : text);
      details.append(pre);
      if (text.length > shortText) {
        const all = make("button", "", "Show all (" + text.length.toLocaleString("en") + " characters)");
        all.type = "button";
        all.addEventListener("click", () => { pre.textContent = text; all.remove(); });
        details.append(all);
      }
    });
    return details;
  }

  let waiting;
  document.getElementById("search").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(select, 120); });
  document.querySelectorAll("input[name=show]").forEach(input => input.addEventListener("change", select));
  more.addEventListener("click", extend);
  select();
})();
