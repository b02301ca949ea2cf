// What is asked and how: as a value, as the fragment of an address, and as the body of a request.
export const maxStrategies = 4;
const fields = ["samples", "verifier", "temperature", "seed", "calls", "tokens", "seconds", "cost"];
const texts = new Set(["verifier"]);

export const defaults = () => ({ question: "", model: "", strategies: [{ name: "self-consistency", set: {} }, { name: "verified-consistency", set: {} }], samples: 8, verifier: "arithmetic", seed: 1 });

/** The settings as a fragment. A key is never part of them. */
export function toFragment(settings) {
  const query = new URLSearchParams();
  if (settings.question) query.set("q", settings.question);
  if (settings.model) query.set("model", settings.model);
  for (const { name, set } of settings.strategies)
    query.append("s", [name, ...Object.entries(set).map(([key, value]) => `${key}=${value}`)].join(";"));
  for (const field of fields) query.set(field, settings[field] ?? "");
  return query.toString();
}

/** Settings of a fragment; null where it holds none. What is not of its kind is left out. */
export function fromFragment(fragment) {
  const query = new URLSearchParams(fragment.replace(/^#/, ""));
  if (!query.has("q") && !query.has("s")) return null;
  const settings = { ...defaults(), question: query.get("q") || "", model: query.get("model") || "" };
  const chosen = query.getAll("s").slice(0, maxStrategies).map(text => {
    const [name, ...pairs] = text.split(";");
    return { name, set: Object.fromEntries(pairs.map(p => p.split("=")).filter(p => p.length === 2 && p[1] !== "")) };
  });
  if (chosen.length > 0) settings.strategies = chosen;
  for (const field of fields) {
    if (!query.has(field)) continue;
    const text = query.get(field);
    if (text === "") delete settings[field];
    else if (texts.has(field)) settings[field] = text;
    else if (Number.isFinite(Number(text))) settings[field] = Number(text);
  }
  return settings;
}

/** The body of the request that runs one of the chosen strategies: only what that strategy takes. */
export function bodyOf(settings, chosen, catalogue) {
  const takes = name => catalogue.takes(chosen.name, name), own = { ...chosen.set };
  const body = { question: settings.question, model: settings.model, strategy: chosen.name };
  const samples = own.samples ?? settings.samples;
  delete own.samples;
  if (samples !== undefined && takes("samples")) body.samples = Number(samples);
  if (settings.temperature !== undefined) body.temperature = settings.temperature;
  if (settings.seed !== undefined) body.seed = settings.seed;
  const set = {};
  if (settings.verifier && takes("verifier")) set.verifier = settings.verifier;
  for (const { name, type } of catalogue.strategy(chosen.name)?.settings || [])
    if (own[name] !== undefined) set[name] = typed(type, own[name]);
  if (Object.keys(set).length > 0) body.settings = set;
  const budget = Object.fromEntries(["calls", "tokens", "seconds", "cost"].filter(name => settings[name] !== undefined).map(name => [name, settings[name]]));
  if (Object.keys(budget).length > 0) body.budget = budget;
  return body;
}

function typed(type, text) {
  if (type === "integer" || type === "number") return Number(text);
  if (type === "integers") return String(text).split(",").map(Number);
  return text;
}
