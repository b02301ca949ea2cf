// Draws a run as a tree: candidates or steps with scores, what was cut and why, tokens and time, the winning path.
//   const picture = RunPicture(element, { title });   picture.add(event);   // the JSON of a ReasoningEvent, in order, live or recorded
//   picture.close();   // a page that goes on without it lets go of the window's pointers
// Text of models is only ever set as text, never as markup. Nothing is loaded from anywhere.
"use strict";
(function (global) {
  const NS = "http://www.w3.org/2000/svg", BOX = { w: 190, h: 30 }, GAP = { x: 84, y: 10 }, CROWD = 120;
  const GLYPH = { open: "○", expanded: "◌", cut: "✕", finished: "●", won: "★", stage: "▤", more: "⋯" };
  const WORD = { open: "open", expanded: "went on from", cut: "cut", finished: "finished", won: "won", stage: "stage", more: "folded" };
  const number = (v, digits = 2) => v === undefined || v === null ? "" : Number(v).toFixed(digits).replace(/\.?0+$/, "");
  const plain = text => (text || "").replace(/<\/?(?:think|step|answer)>/gi, " ").replace(/\s+/g, " ").trim();
  const duration = ms => !ms ? "" : ms < 1000 ? `${Math.round(ms)} ms` : ms < 60000 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60000).toFixed(1)} min`;
  const natural = (a, b) => a.localeCompare(b, "en", { numeric: true });

  // Events folded to what is drawn. The order of events of different calls does not matter.
  class Run {
    constructor() {
      this.calls = new Map(); this.nodes = new Map(); this.candidates = new Map();
      this.stages = []; this.decisions = []; this.notes = []; this.strategy = ""; this.result = null;
      this.totals = { calls: 0, input: 0, output: 0, failed: 0 };
    }

    add(e) {
      const stage = this.stages.length - 1, path = e.path || "";
      switch (e.type) {
        case "run_started": this.strategy = e.strategy; break;
        case "stage_started": this.stages.push({ name: e.stage, planned: e.planned, path }); break;
        case "decision_taken": this.decisions.push({ what: e.decision, why: e.reason, after: stage }); break;
        case "note_added": this.notes.push(e.text); break;
        case "budget_reached": this.notes.push(`limit reached: ${e.limit}`); break;
        case "run_completed": this.complete(e.result); break;
        case "call_finished": this.call(e); break;
        case "candidate_added": this.candidate(path, e.candidate, stage); break;
        case "verdict_reached": this.candidates.get(`${path}:${e.candidate}`)?.verdicts.push(e.verdict); break;
        case "node_changed": this.node(path, e, stage); break;
      }
    }

    call(e) {
      const usage = e.outcome?.usage || {}, input = usage.input_tokens || 0, output = usage.output_tokens || 0;
      this.calls.set(e.key, { role: e.role, tokens: input + output, ms: e.milliseconds });
      this.totals.calls++; this.totals.input += input; this.totals.output += output;
      if (e.outcome?.failure) this.totals.failed++;
    }

    candidate(path, c, stage) {
      const outcome = c.sample.outcome || {};
      this.candidates.set(`${path}:${c.index}`, {
        index: c.index, key: c.sample.key, answer: c.answer, text: (outcome.thinking || "") + (outcome.text || ""),
        failure: outcome.failure?.message, verdicts: [...(c.verdicts || [])], stage,
      });
    }

    node(path, e, stage) {
      const id = path + e.node, known = this.nodes.get(id);
      const node = known || { id, path, parent: e.parent === undefined || e.parent === null ? null : path + e.parent, state: "open", stage };
      if (!known) this.nodes.set(id, node);
      // The last word on a state stands, but nothing takes a win back.
      if (node.state !== "won") node.state = e.state;
      for (const name of ["text", "score", "reason", "tokens", "milliseconds", "candidate", "action"])
        if (e[name] !== undefined && e[name] !== null) node[name] = e[name];
      if (e.parent !== undefined && e.parent !== null) node.parent = path + e.parent;
    }

    complete(result) {
      this.result = result;
      if (!this.strategy) this.strategy = result.strategy;
      if (this.candidates.size === 0) for (const c of result.candidates || []) this.candidate("", c, -1);
    }

    // The candidate that a node of a search became: its evidence lies in the same branch or in one around it.
    candidateOf(node) {
      for (let path = node.path; ; path = path.slice(0, path.lastIndexOf("/"))) {
        const found = this.candidates.get(`${path}:${node.candidate}`);
        if (found || path === "") return found;
      }
    }

    tree() {
      const root = { id: "", kind: "stage", state: "stage", label: this.strategy || "run", children: [] }, made = new Map(), linked = new Map();
      const usedStages = new Set([...this.candidates.values(), ...this.nodes.values()].map(x => x.stage));
      const groups = new Map();
      const group = stage => {
        if (usedStages.size < 2 || stage < 0) return root;
        if (!groups.has(stage)) {
          const why = this.decisions.filter(d => d.after === stage - 1).map(d => `${d.what}: ${d.why}`).join("\n");
          groups.set(stage, { id: `stage:${stage}`, kind: "stage", state: "stage", label: this.stages[stage].name, reason: why, children: [], order: stage });
        }
        return groups.get(stage);
      };
      for (const n of this.nodes.values())
        made.set(n.id, { id: n.id, kind: "step", state: n.state, label: plain(n.text) || "(nothing)", text: n.text, score: n.score, reason: n.reason, tokens: n.tokens, ms: n.milliseconds, action: n.action, children: [], source: n });
      for (const view of made.values()) {
        const n = view.source, c = n.candidate === undefined ? null : this.candidateOf(n);
        if (c) { linked.set(c, view); view.candidate = c; if (c.answer != null) view.label = view.label === c.answer || view.label === "(nothing)" ? `= ${c.answer}` : `= ${c.answer} ← ${view.label}`; }
        (made.get(n.parent) || group(n.stage)).children.push(view);
      }
      for (const c of this.candidates.values()) if (!linked.has(c)) group(c.stage).children.push(this.leaf(c));
      for (const [c, view] of linked) this.judge(view, c);
      root.children.push(...[...groups.values()].sort((a, b) => a.order - b.order));
      for (const at of [root, ...groups.values(), ...made.values()]) at.children.sort((a, b) => (a.order ?? 0) - (b.order ?? 0) || natural(a.id, b.id));
      mark(root);
      return root;

      function mark(at) {
        at.wins = at.state === "won";
        at.size = 1;
        for (const child of at.children) { mark(child); at.wins = at.wins || child.wins; at.size += child.size; }
      }
    }

    leaf(c) {
      const call = this.calls.get(c.key) || {};
      const view = { id: `candidate:${c.index}:${c.key}`, kind: "candidate", state: "finished", order: c.index, label: c.answer != null ? `= ${c.answer}` : (plain(c.text) || "(nothing)"), text: c.text, tokens: call.tokens, ms: call.ms, role: call.role, candidate: c, children: [] };
      this.judge(view, c);
      return view;
    }

    judge(view, c) {
      const scores = c.verdicts.map(v => v.score).filter(s => s !== undefined && s !== null);
      if (view.score === undefined && scores.length > 0) view.score = scores.reduce((a, b) => a + b) / scores.length;
      if (c.failure) { view.state = "cut"; view.reason = `the call failed: ${c.failure}`; return; }
      if (c.answer === undefined || c.answer === null) { view.state = "cut"; view.reason = "states no answer"; return; }
      if (!this.result) return;
      const index = (this.result.candidates || []).find(r => r.sample?.key === c.key && r.answer === c.answer)?.index ?? c.index;
      const mine = (this.result.votes || []).find(v => (v.candidates || []).includes(index));
      const said = mine ? `${mine.votes} ${mine.votes === 1 ? "vote" : "votes"}, weight ${number(mine.weight)}` : "not counted in the final vote";
      if (this.result.selected?.sample?.key === c.key) { view.state = "won"; view.reason = `the answer: ${said}`; }
      else view.reason = mine && this.result.selected && mine.candidates.includes(this.result.selected.index) ? `agrees with the answer: ${said}` : `not the answer: ${said}`;
    }
  }

  function element(name, attributes = {}, ...children) {
    const made = name.startsWith("svg:") ? document.createElementNS(NS, name.slice(4)) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== null) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  function RunPicture(container, { title = "" } = {}) {
    const leaving = new AbortController();
    const run = new Run(), opened = new Set(), closed = new Set(), view = { x: 20, y: 20, k: 1, touched: false };
    let current = "", placed = new Map(), order = [], scheduled = false;
    const head = element("header"), stats = element("p", { class: "stats" }), tools = element("div", { class: "tools", role: "toolbar", "aria-label": "View" });
    const world = element("svg:g"), svg = element("svg:svg", { class: "tree", role: "tree", "aria-label": "The run as a tree" }, world);
    const details = element("aside", { "aria-live": "polite", "aria-label": "Details" });
    const stage = element("div", { class: "stage" }, svg, tools);
    head.append(element("h1", {}, title || "Run"), stats);
    container.classList.add("run-picture");
    container.append(head, element("div", { class: "body" }, stage, details));
    for (const [name, label, act] of [["+", "Zoom in", () => zoom(1.25)], ["−", "Zoom out", () => zoom(0.8)], ["Fit", "Fit all", fit], ["Answer", "Go to the answer", () => winner()], ["Unfold", "Unfold all", unfold], ["Fold", "Fold what lost", fold]]) {
      const button = element("button", { type: "button", title: label, "aria-label": label }, name);
      button.addEventListener("click", act);
      tools.append(button);
    }

    // Large trees show what was kept; what was cut beside it is folded to one node that says how many.
    function visible(at, crowd) {
      if (at.kind === "more") return [];
      if (closed.has(at.id) || (crowd && at.children.length > 0 && !at.wins && at.kind === "step" && !opened.has(at.id))) return [];
      if (!crowd || opened.has(`${at.id}…`)) return at.children;
      const lost = at.children.filter(c => c.state === "cut" && c.children.length === 0);
      if (lost.length < 3) return at.children;
      const more = { id: `${at.id}…`, kind: "more", state: "more", label: `${lost.length} cut`, text: lost.map(c => `${number(c.score)} ${c.label}`).join("\n"), children: [], hidden: lost.length };
      return [...at.children.filter(c => !lost.includes(c)), more];
    }

    function place() {
      const root = run.tree(), crowd = root.size > CROWD;
      placed = new Map(); order = [];
      let row = 0;
      (function walk(at, depth, parent) {
        const shown = visible(at, crowd), spot = { at, depth, parent, shown, folded: shown.length === 0 && at.children.length > 0, x: depth * (BOX.w + GAP.x) };
        placed.set(at.id, spot); order.push(at.id);
        const inner = shown.map(child => walk(child, depth + 1, spot));
        spot.y = inner.length === 0 ? row++ * (BOX.h + GAP.y) : (inner[0].y + inner[inner.length - 1].y) / 2;
        return spot;
      })(root, 0, null);
      if (!placed.has(current)) current = "";
    }

    function draw() {
      scheduled = false;
      place();
      const focused = svg.contains(document.activeElement);
      const edges = element("svg:g", { class: "edges", "aria-hidden": "true" }), boxes = element("svg:g", { role: "presentation" });
      for (const spot of placed.values()) {
        if (spot.parent) edges.append(...edge(spot));
        boxes.append(box(spot));
      }
      world.replaceChildren(edges, boxes);
      const r = run.result, t = run.totals;
      const calls = r ? r.usage.model_calls : t.calls, tokens = r ? r.usage.input_tokens + r.usage.output_tokens : t.input + t.output;
      stats.textContent = [r ? (r.answer != null ? `answer ${r.answer}` : `no answer: ${r.failure || r.stop_reason}`) : "running…", run.strategy, r?.confidence != null ? `confidence ${number(r.confidence)}` : "", `${calls} calls`, r ? `${r.rounds} rounds` : "", `${tokens.toLocaleString("en")} tokens`, r ? r.stop_reason : ""].filter(Boolean).join(" · ");
      if (!view.touched) { if (r) winner(false); else fit(); }
      transform();
      select(current, false);
      if (focused) focus(current);
    }

    function edge({ at, parent, x, y }) {
      const x0 = parent.x + BOX.w, y0 = parent.y + BOX.h / 2, y1 = y + BOX.h / 2, bend = GAP.x / 2;
      const cost = [at.tokens ? `${at.tokens} t` : "", duration(at.ms)].filter(Boolean).join(" · ");
      const line = element("svg:path", { class: `edge ${at.state}${at.wins ? " wins" : ""}`, d: `M${x0} ${y0}C${x0 + bend} ${y0} ${x - bend} ${y1} ${x} ${y1}` });
      return cost ? [line, element("svg:text", { class: "cost", x: x - 5, y: y1 - 5, "text-anchor": "end" }, cost)] : [line];
    }

    function box({ at, depth, parent, shown, folded, x, y }) {
      const score = at.score === undefined || at.score === null ? "" : Number(at.score).toFixed(2), text = `${GLYPH[at.state] || ""} ${at.label}`, room = score ? 18 : 24;
      const siblings = parent ? parent.shown : [at];
      const group = element("svg:g", {
        role: "treeitem", class: `node ${at.state}${at.wins ? " wins" : ""}${at.id === current ? " current" : ""}`, transform: `translate(${x} ${y})`, tabindex: at.id === current ? 0 : -1,
        "aria-level": depth + 1, "aria-posinset": siblings.findIndex(s => s.id === at.id) + 1, "aria-setsize": siblings.length, "aria-selected": at.id === current,
        "aria-expanded": at.children.length > 0 || at.hidden ? String(!folded && !at.hidden) : undefined, "data-id": at.id,
        "aria-label": [WORD[at.state], score ? `score ${score}` : "", at.label.slice(0, 120), at.reason].filter(Boolean).join(", "),
      }, element("svg:rect", { width: BOX.w, height: BOX.h, rx: 6 }));
      if (score) group.append(element("svg:rect", { class: `score s${Math.max(0, Math.min(4, Math.floor(at.score * 5)))}`, width: 5, height: BOX.h, rx: 2 }));
      group.append(element("svg:text", { x: 12, y: 20 }, text.length > room ? text.slice(0, room - 1) + "…" : text));
      if (score) group.append(element("svg:text", { class: "points", x: BOX.w - 7, y: 20, "text-anchor": "end" }, score));
      if (folded) group.append(element("svg:text", { class: "fold", x: BOX.w + 5, y: 20 }, `+${at.size - 1}`));
      return group;
    }

    function show() {
      const spot = placed.get(current);
      if (!spot) return;
      const at = spot.at, c = at.candidate, list = element("dl");
      const put = (name, value) => { if (value !== undefined && value !== null && value !== "") list.append(element("dt", {}, name), element("dd", {}, String(value))); };
      put("state", WORD[at.state]); put("why", at.reason); put("score", number(at.score, 3)); put("answer", c?.answer);
      put("tokens", at.tokens); put("time", duration(at.ms)); put("asked", at.role); put("action", at.action === "step" ? "" : at.action);
      for (const v of c?.verdicts || []) put(v.verifier, `${v.score === undefined || v.score === null ? "abstains" : number(v.score, 3)}${v.rationale ? ` · ${v.rationale}` : ""}`);
      if (at.kind === "stage") {
        put("nodes", at.size - 1);
        if (at.id === "") { for (const d of run.decisions) put(d.what, d.why); for (const n of run.result?.notes || run.notes) put("note", n); for (const s of run.result?.stages || []) put(s.name || s.role, [s.why, `${s.model_calls} calls, ${s.tokens} tokens`].filter(Boolean).join(" · ")); }
      }
      details.replaceChildren(element("h2", {}, `${GLYPH[at.state] || ""} ${at.label.slice(0, 80)}`), list);
      if (at.text) details.append(element("pre", {}, at.text));
      details.append(element("p", { class: "help" }, "Arrow keys walk the tree, Enter folds, w goes to the answer, + − 0 zoom. Drag to move, wheel to zoom."));
    }

    function transform() {
      world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.k})`);
      svg.classList.toggle("far", view.k < 0.55);
    }

    function zoom(by, at) {
      const rect = svg.getBoundingClientRect(), px = at ? at.x - rect.x : rect.width / 2, py = at ? at.y - rect.y : rect.height / 2;
      const k = Math.max(0.05, Math.min(3, view.k * by));
      view.x = px - (px - view.x) * k / view.k; view.y = py - (py - view.y) * k / view.k; view.k = k; view.touched = true;
      transform();
    }

    function extent() {
      const spots = [...placed.values()];
      return { w: Math.max(...spots.map(s => s.x)) + BOX.w + 40, h: Math.max(...spots.map(s => s.y)) + BOX.h };
    }

    function fit() {
      const rect = svg.getBoundingClientRect(), all = extent();
      view.k = Math.max(0.05, Math.min(1, (rect.width - 24) / all.w, (rect.height - 24) / all.h));
      view.x = 12; view.y = Math.max(12, (rect.height - all.h * view.k) / 2);
      transform();
    }

    function centre(spot) {
      const rect = svg.getBoundingClientRect();
      view.x = Math.min(12, rect.width * 0.9 - (spot.x + BOX.w) * view.k); view.y = rect.height / 2 - (spot.y + BOX.h / 2) * view.k;
      // No empty half where the tree has more to show.
      const h = extent().h * view.k;
      if (h > rect.height) view.y = Math.min(12, Math.max(rect.height - 12 - h, view.y));
      transform();
    }

    function winner(move = true) {
      const won = [...placed.values()].filter(s => s.at.state === "won").pop(), all = extent(), rect = svg.getBoundingClientRect();
      const whole = Math.min(1, (rect.width - 24) / all.w, (rect.height - 24) / all.h);
      view.k = whole >= 0.45 ? whole : 0.7;
      if (!won) { view.x = 12; view.y = 12; return transform(); }
      if (all.h * view.k <= rect.height && all.w * view.k <= rect.width) { view.x = 12; view.y = (rect.height - all.h * view.k) / 2; } else centre(won);
      if (move) select(won.at.id, true);
      else current = won.at.id;
    }

    function unfold() { closed.clear(); for (const id of [...placed.keys()]) { opened.add(id); opened.add(`${id}…`); } for (const n of run.nodes.keys()) { opened.add(n); opened.add(`${n}…`); } for (let i = 0; i < run.stages.length; i++) opened.add(`stage:${i}…`); draw(); }
    function fold() { opened.clear(); closed.clear(); (function walk(at) { if (at.children.length > 0 && !at.wins && at.id !== "") closed.add(at.id); at.children.forEach(walk); })(run.tree()); draw(); }

    function toggle(spot) {
      const { at, folded } = spot;
      if (at.kind === "more") { opened.add(at.id); current = at.id.slice(0, -1); }
      else if (at.children.length === 0) return;
      else if (folded) { closed.delete(at.id); opened.add(at.id); }
      else { closed.add(at.id); opened.delete(at.id); }
      draw();
    }

    function select(id, reach) {
      current = id;
      for (const g of svg.querySelectorAll(".node")) {
        const is = g.dataset.id === id;
        g.classList.toggle("current", is); g.setAttribute("tabindex", is ? 0 : -1); g.setAttribute("aria-selected", is);
      }
      show();
      if (reach) { const spot = placed.get(id), rect = svg.getBoundingClientRect(), sx = view.x + spot.x * view.k, sy = view.y + spot.y * view.k; if (sx < 0 || sy < 0 || sx + BOX.w * view.k > rect.width || sy + BOX.h * view.k > rect.height) centre(spot); focus(id); }
    }

    function focus(id) { for (const g of svg.querySelectorAll(".node")) if (g.dataset.id === id) g.focus({ preventScroll: true }); }

    svg.addEventListener("keydown", e => {
      const spot = placed.get(current), at = order.indexOf(current);
      const go = { ArrowDown: order[at + 1], ArrowUp: order[at - 1], ArrowLeft: spot?.parent?.at.id, ArrowRight: spot?.shown[0]?.id, Home: order[0], End: order[order.length - 1] };
      if (e.ctrlKey || e.metaKey || e.altKey || !spot) return;
      if (e.key === "ArrowRight" && (spot.folded || spot.at.kind === "more")) toggle(spot);
      else if (e.key in go) { if (go[e.key] !== undefined) { view.touched = true; select(go[e.key], true); } }
      else if (e.key === "Enter" || e.key === " ") toggle(spot);
      else if (e.key === "w") winner();
      else if (e.key === "+" || e.key === "=") zoom(1.25);
      else if (e.key === "-") zoom(0.8);
      else if (e.key === "0") fit();
      else return;
      e.preventDefault();
    });
    svg.addEventListener("wheel", e => { e.preventDefault(); zoom(Math.exp(-e.deltaY / 400), { x: e.clientX, y: e.clientY }); }, { passive: false });
    svg.addEventListener("dblclick", e => { const g = e.target.closest(".node"); if (g) toggle(placed.get(g.dataset.id)); });

    const fingers = new Map();
    svg.addEventListener("pointerdown", e => { fingers.set(e.pointerId, { x: e.clientX, y: e.clientY, from: { x: e.clientX, y: e.clientY }, node: e.target.closest(".node") }); });
    global.addEventListener("pointermove", e => {
      const finger = fingers.get(e.pointerId);
      if (!finger) return;
      const others = [...fingers.entries()].filter(([id]) => id !== e.pointerId).map(([, f]) => f);
      if (others.length === 1) { const before = Math.hypot(finger.x - others[0].x, finger.y - others[0].y), now = Math.hypot(e.clientX - others[0].x, e.clientY - others[0].y); if (before > 0) zoom(now / before, others[0]); }
      else { view.x += e.clientX - finger.x; view.y += e.clientY - finger.y; view.touched = true; transform(); }
      finger.x = e.clientX; finger.y = e.clientY;
    }, { signal: leaving.signal });
    global.addEventListener("pointerup", e => { const f = fingers.get(e.pointerId); fingers.delete(e.pointerId); if (f?.node && Math.hypot(e.clientX - f.from.x, e.clientY - f.from.y) < 5) { const spot = placed.get(f.node.dataset.id); if (spot?.at.kind === "more") toggle(spot); else select(f.node.dataset.id, true); } }, { signal: leaving.signal });
    global.addEventListener("pointercancel", e => fingers.delete(e.pointerId), { signal: leaving.signal });

    return { run, add(event) { run.add(event); if (!scheduled) { scheduled = true; global.requestAnimationFrame(draw); } }, draw, close() { leaving.abort(); } };
  }

  global.RunPicture = RunPicture;
})(globalThis);
