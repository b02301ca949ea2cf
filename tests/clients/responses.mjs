// The npm client `openai` against /v1/responses of a running server. Prints one JSON object; exits with 1 where something is not as it must be.
import assert from "node:assert/strict";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.AGENTS_URL, apiKey: process.env.AGENTS_KEY, maxRetries: 0 });
const model = "self-consistency/gpt-x";
const input = "What is 6 times 7?";

const whole = await client.responses.create({ model, input, instructions: "Be brief.", metadata: { of: "a test" } });
assert.equal(whole.status, "completed");
assert(whole.output_text.includes("answer"));
assert.equal(whole.metadata.of, "a test");
assert.equal(whole.usage.total_tokens, whole.usage.input_tokens + whole.usage.output_tokens);

const next = await client.responses.create({ model: "gpt-x", input: [{ role: "user", content: "And 6 times 8?" }], previous_response_id: whole.id });
assert.equal(next.previous_response_id, whole.id);
assert.equal((await client.responses.retrieve(next.id)).output_text, next.output_text);

const stream = client.responses.stream({ model, input, reasoning: { effort: "low", summary: "auto" } });
const seen = new Set();
let text = "", thinking = "";
for await (const event of stream) {
  seen.add(event.type);
  if (event.type === "response.output_text.delta") text += event.delta;
  if (event.type === "response.reasoning_summary_text.delta") thinking += event.delta;
}
const final = await stream.finalResponse();
assert.equal(final.output_text, text);
assert(thinking.includes("self-consistency: starting"));
for (const type of ["response.created", "response.output_item.added", "response.content_part.done", "response.completed"]) assert(seen.has(type), type);

let background = await client.responses.create({ model, input, background: true });
assert(["queued", "in_progress", "completed"].includes(background.status));
const until = Date.now() + 30_000;
while (background.status === "queued" || background.status === "in_progress") {
  assert(Date.now() < until, "the background response takes too long");
  background = await client.responses.retrieve(background.id);
}
assert.equal(background.status, "completed");
assert(background.output_text.includes("answer"));
await client.responses.delete(background.id);
const gone = await client.responses.retrieve(background.id).then(() => null, (e) => e);
assert(gone instanceof OpenAI.NotFoundError);

const held = await client.responses.create({ model: "self-consistency/held", input, background: true });
const cancelled = await client.responses.cancel(held.id);
assert.equal(cancelled.status, "cancelled");

const refused = await client.responses.create({ model, input, tools: [{ type: "web_search" }] }).then(() => null, (e) => e);
assert(refused instanceof OpenAI.BadRequestError);
assert.equal(refused.param, "tools");

console.log(JSON.stringify({ client: "openai responses", text, events: seen.size }));
