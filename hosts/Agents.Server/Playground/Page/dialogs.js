// The dialogs: the key, a run as code, a run as a picture.
import { hasKey, useKey } from "./api.js";
import { byId, copy, h, say } from "./dom.js";
import { forms, snippet } from "./snippets.js";

for (const dialog of document.querySelectorAll("dialog"))
  for (const button of dialog.querySelectorAll("[data-close]")) button.addEventListener("click", () => dialog.close());

/** Asks for a key: true where one was given. */
export function askKey(text) {
  const dialog = byId("key-dialog"), form = byId("key-form");
  say(byId("key-title"), hasKey() ? "The key of this server" : "A key for this server");
  if (text) say(byId("key-text"), text);
  byId("key").value = "";
  byId("key-forget").hidden = !hasKey();
  return new Promise(resolve => {
    let given = false;
    form.onsubmit = e => { e.preventDefault(); if (byId("key").value.trim() === "") return byId("key").focus(); useKey(byId("key").value); byId("key").value = ""; given = true; dialog.close(); };
    byId("key-forget").onclick = () => { useKey(""); given = true; dialog.close(); };
    dialog.onclose = () => resolve(given);
    if (!dialog.open) dialog.showModal();
    byId("key").focus();
  });
}

/** Shows a run as code to copy. */
export function showCode(body, run) {
  const tabs = byId("code-tabs");
  const choose = (index, takesFocus) => {
    [...tabs.children].forEach((tab, i) => { tab.setAttribute("aria-selected", i === index); tab.tabIndex = i === index ? 0 : -1; });
    say(byId("code-text"), snippet(forms[index], body, run));
    say(byId("code-note"), "");
    if (takesFocus) tabs.children[index].focus();
  };
  tabs.replaceChildren(...forms.map((name, i) => h("button", { type: "button", role: "tab", "aria-controls": "code-text", onclick: () => choose(i, true) }, name)));
  tabs.onkeydown = e => {
    const at = [...tabs.children].indexOf(document.activeElement), step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (step && at >= 0) { e.preventDefault(); choose((at + step + forms.length) % forms.length, true); }
  };
  byId("code-copy").onclick = async () => say(byId("code-note"), await copy(byId("code-text").textContent) ? "Copied." : "This browser does not let the page copy: select the text above.");
  choose(0, false);
  byId("code-dialog").showModal();
}

/** Shows the whole picture of a run, live while it goes on. */
export function showTrace(run, question) {
  const dialog = byId("trace-dialog"), place = h("div", { class: "picture" });
  byId("trace-picture").replaceChildren(place);
  say(byId("trace-title"), `Trace · ${run.strategy}`);
  dialog.showModal();
  const picture = globalThis.RunPicture(place, { title: question }), watch = e => picture.add(e);
  for (const e of run.events) picture.add(e);
  run.watchers.add(watch);
  dialog.onclose = () => { run.watchers.delete(watch); picture.close(); place.remove(); };
}
