// The npm client `openai` against a running server. Prints one JSON object; exits with 1 where something is not as it must be.
import assert from "node:assert/strict";
import OpenAI from "openai";

const client = new OpenAI({ baseURL: process.env.AGENTS_URL, apiKey: process.env.AGENTS_KEY, maxRetries: 0 });
const model = "self-consistency/gpt-x";
const messages = [{ role: "user", content: "What is 6 times 7?" }];

const models = [];
for await (const one of client.models.list()) models.push(one.id);
assert(models.includes(model));

const whole = await client.chat.completions.create({ model, messages, seed: 3, reasoning: { samples: 5 } });
assert.equal(whole.object, "chat.completion");
assert.equal(whole.choices[0].message.role, "assistant");
assert.equal(whole.choices[0].finish_reason, "stop");
assert.equal(whole.reasoning.model_calls, 5);
assert.equal(whole.usage.total_tokens, whole.usage.prompt_tokens + whole.usage.completion_tokens);

const stream = await client.chat.completions.create({ model, messages, seed: 3, stream: true, stream_options: { include_usage: true } });
let text = "", thinking = "", finish = null, usage = null;
for await (const chunk of stream) {
  text += chunk.choices[0]?.delta.content ?? "";
  thinking += chunk.choices[0]?.delta.reasoning_content ?? "";
  finish = chunk.choices[0]?.finish_reason ?? finish;
  usage = chunk.usage ?? usage;
}
assert(text.length > 0 && thinking.includes("self-consistency: starting"));
assert.equal(finish, "stop");
assert(usage.total_tokens > 0);

const refused = await client.chat.completions.create({ model, messages, logprobs: true }).then(() => null, (e) => e);
assert(refused instanceof OpenAI.BadRequestError);
assert.equal(refused.param, "logprobs");
assert.match(refused.requestID, /^req_/);
const unknown = await client.chat.completions.create({ model: "nonsense", messages }).then(() => null, (e) => e);
assert(unknown instanceof OpenAI.NotFoundError);
const locked = await new OpenAI({ baseURL: process.env.AGENTS_URL, apiKey: "wrong", maxRetries: 0 }).models.list().then(() => null, (e) => e);
assert(locked instanceof OpenAI.AuthenticationError);

const broken = await client.chat.completions.create({ model: "self-consistency/broken", messages, stream: true });
const failed = await (async () => { for await (const _ of broken) { /* until it fails */ } })().then(() => null, (e) => e);
assert(failed instanceof OpenAI.APIError, "a failure in a stream is an error of the client");

console.log(JSON.stringify({ client: "openai", text, models: models.length }));
