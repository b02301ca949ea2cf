// The server's endpoints: requests with the key of this tab, errors with what they say, and runs as streams of events.
const keyName = "agents.key";
let key = sessionStorage.getItem(keyName) || "";

/** What went wrong: status 0 is a server that cannot be reached. */
export class ApiError extends Error {
  constructor(status, message, { param = null, retryAfter = 0 } = {}) {
    super(message);
    this.status = status; this.param = param; this.retryAfter = retryAfter;
  }
}

export const hasKey = () => key !== "";
export const addressOf = path => new URL(path, document.baseURI.split("#")[0]).href;

/** Keeps a key for this tab alone; an empty one forgets it. */
export function useKey(text) {
  key = text.trim();
  if (key) sessionStorage.setItem(keyName, key);
  else sessionStorage.removeItem(keyName);
}

export const get = async path => (await send(path)).json();

/** Begins a run: the job's id, and its events as they come. Leaving the enumeration ends the run. */
export async function begin(body, signal) {
  const response = await send("api/reason", { method: "POST", body: JSON.stringify(body), headers: { "Content-Type": "application/json", Accept: "text/event-stream" }, signal });
  return { id: response.headers.get("x-job-id"), events: read(response) };
}

export const terminate = id => send(`api/reason/${encodeURIComponent(id)}/terminate`, { method: "POST", keepalive: true });

async function send(path, { headers = {}, ...options } = {}) {
  let response;
  try {
    response = await fetch(addressOf(path), { ...options, headers: key ? { ...headers, Authorization: `Bearer ${key}` } : headers });
  } catch (e) {
    if (e.name === "AbortError") throw e;
    throw new ApiError(0, "The server cannot be reached.");
  }
  if (response.ok) return response;
  let problem = {};
  try { problem = await response.json(); } catch { /* a proxy's own page: its status says enough */ }
  throw new ApiError(response.status, problem.detail || problem.error?.message || `The server answered with ${response.status}.`, {
    param: problem.param, retryAfter: Number(response.headers.get("Retry-After")) || 0,
  });
}

async function* read(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    let part;
    try {
      part = await reader.read();
    } catch (e) {
      if (e.name === "AbortError") throw e;
      throw new ApiError(0, "The connection to the server was lost before the run ended.");
    }
    if (part.done) return;
    const blocks = (rest + part.value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split("\n"), value = name => lines.find(line => line.startsWith(name))?.slice(name.length);
      const data = value("data: ");
      // Comments keep the connection alive and carry nothing.
      if (data) yield { name: value("event: ") || "", data: JSON.parse(data) };
    }
  }
}
