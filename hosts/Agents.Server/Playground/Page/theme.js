// Sets the theme before anything is painted. Without a choice the system decides.
"use strict";
(function () {
  const themes = ["auto", "light", "dark"], name = "agents.theme";
  let current = "auto";
  try { if (themes.includes(localStorage.getItem(name))) current = localStorage.getItem(name); } catch { /* storage is closed to this page: the system decides */ }

  function apply() {
    if (current === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = current;
    const button = document.getElementById("theme-button");
    if (!button) return;
    const word = document.createElement("span");
    word.textContent = "Theme: ";
    button.replaceChildren(word, current);
    button.setAttribute("aria-label", `Theme: ${current}`);
  }

  apply();
  document.addEventListener("DOMContentLoaded", () => {
    apply();
    document.getElementById("theme-button").addEventListener("click", () => {
      current = themes[(themes.indexOf(current) + 1) % themes.length];
      try { localStorage.setItem(name, current); } catch { /* as above: the choice lasts as long as the page */ }
      apply();
    });
  });
})();
