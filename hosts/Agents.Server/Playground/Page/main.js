// The page: loads what there is to choose from, asks, shows runs side by side.
import { ApiError, begin, hasKey, terminate } from "./api.js";
import { Catalogue } from "./catalogue.js";
import { compare } from "./comparison.js";
import { askKey, showCode, showTrace } from "./dialogs.js";
import { byId, copy, h, plural, say } from "./dom.js";
import { Form } from "./form.js";
import { remember, showHistory } from "./history.js";
import { Lane } from "./lane.js";
import { Run } from "./run.js";
import { bodyOf, defaults, fromFragment, toFragment } from "./settings.js";
import { showWelcome } from "./welcome.js";

const titles = { 0: "Server not reached", 400: "Refused", 401: "A key is needed", 403: "Not allowed", 404: "Not found", 422: "Refused", 429: "Too many requests" };
const kept = new Map();
const form = new Form(() => writeFragment());
let catalogue = null, lanes = [], aborts = [], current = "";

// ---- what there is to choose from

async function load() {
  try {
    catalogue = await Catalogue.load();
  } catch (e) {
    if (!(e instanceof ApiError)) throw e;
    say(byId("status"), e.status === 401 ? "needs a key" : "not reached");
    byId("status").dataset.state = "away";
    if (e.status === 401 && await askKey(unknownKey())) return load();
    return notice(titles[e.status] || "The server failed", e.message, e.status === 401 ? "Enter a key" : "Try again", load);
  }
  byId("notice").hidden = true;
  say(byId("status"), `${plural(catalogue.models.length, "model")} · ${plural(catalogue.strategies.length, "strategy", "strategies")}`);
  byId("status").dataset.state = "there";
  const typed = byId("question").value;
  form.offer(catalogue);
  form.settings = { ...(fromFragment(location.hash) || defaults()), ...(typed && { question: typed }) };
  byId("ask-button").disabled = false;
  document.body.dataset.ready = "true";
}

function notice(title, text, action, act) {
  byId("notice").replaceChildren(h("h2", {}, title), h("p", {}, text), h("button", { type: "button", onclick: act }, action));
  byId("notice").hidden = false;
}

// ---- asking

async function ask() {
  if (!catalogue || isRunning() || !form.check()) return;
  const settings = form.settings, id = crypto.randomUUID?.() ?? String(Date.now());
  writeFragment();
  const entry = { settings, runs: settings.strategies.map(s => new Run(s.name, catalogue.model(settings.model).prices)) };
  kept.set(id, entry);
  show(id, entry);
  if (matchMedia("(max-width: 979px)").matches) byId("results").scrollIntoView({ behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  await carryOut(entry, entry.runs.map((_, i) => i));
  remember(id, settings, entry.runs);
  showHistory(open);
}

/** Shows the runs of a question, at work or long over. */
function show(id, entry) {
  for (const lane of lanes) lane.close();
  current = id;
  byId("welcome").hidden = true;
  byId("summary").hidden = false;
  lanes = entry.runs.map((run, i) => new Lane(i, run, {
    isSearch: catalogue.isSearch(run.strategy), decides: catalogue.takes(run.strategy, "routeAt"),
    onTrace: () => showTrace(lanes[i].run, entry.settings.question),
    onCode: () => showCode(bodyOf(entry.settings, entry.settings.strategies[i], catalogue), lanes[i].run),
    onAgain: () => again(entry, i),
  }));
  byId("lanes").replaceChildren(...lanes.map(lane => lane.element));
  byId("lanes").dataset.count = lanes.length;
  showComparison(entry.runs);
}

async function again(entry, i) {
  if (isRunning()) return;
  entry.runs[i] = new Run(entry.runs[i].strategy, entry.runs[i].prices);
  show(current, entry);
  await carryOut(entry, [i]);
}

async function carryOut(entry, indices) {
  const isOver = Promise.all(indices.map(i => carryOutOne(entry, i)));
  controls();
  await isOver;
  aborts = [];
  controls();
  // One key for all that lack it.
  const locked = indices.filter(i => entry.runs[i].error?.status === 401);
  if (locked.length > 0 && await askKey(unknownKey())) {
    for (const i of locked) entry.runs[i] = new Run(entry.runs[i].strategy, entry.runs[i].prices);
    show(current, entry);
    return carryOut(entry, locked);
  }
  showComparison(entry.runs);
  say(byId("live"), entry.runs.map(run => `${run.strategy}: ${run.error ? run.error.title : run.state === "cancelled" ? "cancelled" : run.answer === null ? "no answer" : run.answer}.`).join(" "));
}

async function carryOutOne(entry, i) {
  const run = entry.runs[i], abort = new AbortController(), work = { abort, id: null, isCancelled: false };
  aborts.push(work);
  run.begin();
  say(byId("live"), "");
  try {
    const { id, events } = await begin(bodyOf(entry.settings, entry.settings.strategies[i], catalogue), abort.signal);
    work.id = id;
    for await (const { name, data } of events) {
      if (name === "status") settle(run, data);
      else run.add(data);
    }
    if (!run.isOver) throw new ApiError(0, "The connection to the server was lost before the run ended.");
  } catch (e) {
    if (work.isCancelled || e.name === "AbortError") run.end("cancelled");
    else if (e instanceof ApiError) refuse(run, lanes[i], e);
    else throw e;
  }
  lanes[i]?.changed();
}

// The last word of the server on a run.
function settle(run, { runtimeStatus, output }) {
  run.output = output;
  if (runtimeStatus === "Terminated") run.end("cancelled");
  else if (run.result) run.end("completed");
  else run.end("failed", { title: "The run failed", text: output?.detail || "The server says no more." });
}

function refuse(run, lane, e) {
  run.end("failed", { status: e.status, title: titles[e.status] || "The server failed", text: e.message });
  if (e.status === 429 && e.retryAfter > 0) lane.countDown(e.retryAfter);
}

const unknownKey = () => hasKey() ? "The server does not know that key. Try another." : "";
const isRunning = () => aborts.length > 0;

// Ends the calls upstream, then the stream: by name first, because not every proxy passes on that a client has left.
function cancel() {
  for (const work of aborts.filter(w => !w.isCancelled)) {
    work.isCancelled = true;
    if (work.id === null) work.abort.abort();
    else terminate(work.id).catch(() => { /* over already, or the server is away: the stream's end says so */ }).finally(() => work.abort.abort());
  }
}

function controls() {
  byId("cancel-button").disabled = !isRunning();
  byId("ask-button").disabled = isRunning();
  byId("results").toggleAttribute("data-running", isRunning());
}

function showComparison(runs) {
  const { text, leader } = compare(runs), areOver = runs.every(run => run.isOver);
  say(byId("comparison"), text);
  runs.forEach((run, i) => { lanes[i].element.dataset.agrees = !areOver || run.answer === leader; });
}

// ---- the rest of the page

function open(entry) {
  if (isRunning()) return;
  form.settings = entry.settings;
  writeFragment();
  if (kept.has(entry.id)) show(entry.id, kept.get(entry.id));
  else byId("question").focus();
}

function tryOut(settings) {
  if (!catalogue) return;
  form.settings = { ...defaults(), model: byId("model").value, ...settings };
  writeFragment();
  byId("ask-button").focus();
}

let written = location.hash.slice(1);
function writeFragment() {
  if (!catalogue) return;
  written = toFragment(form.settings);
  history.replaceState(null, "", `#${written}`);
}

showWelcome(question => { byId("question").value = question; byId("question-error").hidden = true; writeFragment(); byId("ask-button").focus(); }, tryOut);
byId("ask").addEventListener("submit", e => { e.preventDefault(); ask(); });
byId("cancel-button").addEventListener("click", cancel);
byId("stop-button").addEventListener("click", cancel);
byId("link-button").addEventListener("click", async () => { writeFragment(); say(byId("link-button"), await copy(location.href) ? "Copied" : "Copy the address"); });
byId("link-button").addEventListener("blur", () => say(byId("link-button"), "Copy link"));
byId("key-button").addEventListener("click", async () => { if (await askKey("It is kept in this tab until the tab is closed, and sent to this server alone.")) load(); });
byId("skip").addEventListener("click", e => { e.preventDefault(); byId("question").focus(); });
document.addEventListener("keydown", e => {
  if (document.querySelector("dialog[open]")) return;
  if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); ask(); }
  else if (e.key === "Escape" && isRunning()) { e.preventDefault(); cancel(); }
});
addEventListener("hashchange", () => {
  const given = location.hash.slice(1) === written ? null : fromFragment(location.hash);
  if (given && catalogue && !isRunning()) form.settings = given;
});
byId("ask-button").disabled = true;
showHistory(open);
load();
