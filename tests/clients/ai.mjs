// The npm packages `ai` and `@ai-sdk/openai-compatible` against a running server. Prints one JSON object.
import assert from "node:assert/strict";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, jsonSchema, streamText, tool } from "ai";

const agents = createOpenAICompatible({ name: "agents", baseURL: process.env.AGENTS_URL, apiKey: process.env.AGENTS_KEY, includeUsage: true });
const prompt = "What is 6 times 7?";

const whole = await generateText({ model: agents("self-consistency/gpt-x"), prompt, maxRetries: 0 });
assert(whole.text.includes("answer"));
assert.equal(whole.finishReason, "stop");
assert(whole.usage.totalTokens > 0);

const stream = streamText({ model: agents("self-consistency/gpt-x"), prompt, maxRetries: 0 });
let text = "", thinking = "";
for await (const part of stream.fullStream) {
  if (part.type === "text-delta") text += part.text;
  if (part.type === "reasoning-delta") thinking += part.text;
  if (part.type === "error") throw part.error;
}
assert(text.includes("answer"));
assert(thinking.includes("self-consistency: starting"));
assert((await stream.usage).totalTokens > 0);

const called = await generateText({
  model: agents("self-consistency/tools"), prompt, maxRetries: 0,
  tools: { add: tool({ description: "adds", inputSchema: jsonSchema({ type: "object", properties: { a: { type: "number" } } }) }) },
});
assert.equal(called.finishReason, "tool-calls");
assert.equal(called.toolCalls[0].toolName, "add");
assert.equal(called.toolCalls[0].input.a, 1);

console.log(JSON.stringify({ client: "ai", text, calls: called.toolCalls.length }));
