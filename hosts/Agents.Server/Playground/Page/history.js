// What was asked in this tab: kept in the tab's own storage, gone with it.
import { byId, h } from "./dom.js";

const name = "agents.history", most = 20;
let entries = [];
try { entries = JSON.parse(sessionStorage.getItem(name)) || []; } catch { /* not ours, or closed to this page: begin anew */ }

/** Notes a question when its runs have ended. */
export function remember(id, settings, runs) {
  entries = [{ id, settings, answers: runs.map(r => ({ strategy: r.strategy, answer: r.answer, state: r.state })) }, ...entries].slice(0, most);
  try { sessionStorage.setItem(name, JSON.stringify(entries)); } catch { /* full or closed: the list of this page is enough */ }
}

export function showHistory(onOpen) {
  byId("history").hidden = entries.length === 0;
  byId("history-list").replaceChildren(...entries.map(entry => h("li", {}, h("button", { type: "button", class: "quiet", onclick: () => onOpen(entry) },
    h("span", { class: "asked" }, entry.settings.question),
    h("span", { class: "answers" }, entry.answers.map(a => `${a.strategy}: ${a.answer ?? (a.state === "completed" ? "no answer" : a.state)}`).join(" · "))))));
}
