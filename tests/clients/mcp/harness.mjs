// What every script here needs: where the server is, assertions, and points at which the test that started the script looks
// at the other side before it goes on.
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';

export { assert };
export const url = new URL(process.env.AGENTS_MCP_URL ?? 'http://127.0.0.1:1/mcp');
export const headers = { Authorization: `Bearer ${process.env.AGENTS_KEY}` };

/** The program as a server of its own, on the same upstream. */
export const program = { command: 'dotnet', args: [process.env.AGENTS_PROGRAM, 'mcp', ...JSON.parse(process.env.AGENTS_MODELS ?? '[]').flatMap(m => ['--model', m])], stderr: 'inherit' };

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

/** Says where the script is, and waits to be told to go on. */
export async function checkpoint(name) {
  process.stdout.write(`CHECKPOINT ${name}\n`);
  await lines.next();
}

export function done() {
  process.stdout.write('DONE\n');
  process.exit(0);
}

export const question = 'What is 6 times 7?';

/** A client's model: each third sample says 41, the others 42; counts how many are asked for at once. */
export function model() {
  let asked = 0, open = 0, most = 0;
  return {
    get asked() { return asked; },
    get most() { return most; },
    async sample(request) {
      const turn = ++asked;
      most = Math.max(most, ++open);
      await new Promise(resolve => setImmediate(resolve));
      open--;
      assert.match(request.params.messages[0].content.text ?? request.params.messages[0].content[0].text, /6 times 7/);
      return { role: 'assistant', model: 'my-model', stopReason: 'endTurn', content: { type: 'text', text: `So the answer is ${turn % 3 === 0 ? 41 : 42}.` } };
    },
  };
}

/** What every client can do, whatever the transport: list, call, progress, errors, prompts. */
export async function common(client) {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(t => t.name).sort(), ['cancel_solve', 'compare', 'get_result', 'list_strategies', 'solve', 'solve_with_client_model', 'start_solve', 'verify']);

  // Half of the samples wait upstream until progress about the others was seen: it comes while the call runs.
  const progress = [];
  let three;
  const seen = new Promise(resolve => { three = resolve; });
  const running = client.callTool({ name: 'solve', arguments: { question, model: 'gated', strategy: 'self-consistency', samples: 6 } }, ...options(client, {
    onprogress: p => {
      progress.push(p.progress);
      if (progress.length === 3) three();
    },
  }));
  await seen;
  await checkpoint('progress');
  const solved = await running;
  assert.equal(solved.structuredContent.answer, '42');
  assert.deepEqual(JSON.parse(solved.content[0].text), solved.structuredContent);
  assert.deepEqual(progress, [...new Set(progress)].sort((a, b) => a - b));

  const refused = await client.callTool({ name: 'solve', arguments: { question, model: 'no-such-model' } });
  assert.equal(refused.isError, true);
  assert.match(refused.content[0].text, /no-such-model/);

  const judged = await client.callTool({ name: 'verify', arguments: { question, model: 'gpt-x', solution: '6 * 7 = 41. So the answer is 41.', verifier: 'arithmetic' } });
  assert.deepEqual([judged.structuredContent.score, judged.structuredContent.abstained], [0, false]);
  const compared = await client.callTool({ name: 'compare', arguments: { answers: ['1/2', '0.5'] } });
  assert.equal(compared.structuredContent.equal, true);

  const started = await client.callTool({ name: 'start_solve', arguments: { question, model: 'gpt-x', strategy: 'self-consistency', samples: 6 } });
  const result = await client.callTool({ name: 'get_result', arguments: { id: started.structuredContent.id, wait_seconds: 60 } });
  assert.deepEqual([result.structuredContent.status, result.structuredContent.result.answer], ['completed', '42']);

  const { prompts } = await client.listPrompts();
  assert.ok(prompts.length > 20);
  const prompt = await client.getPrompt({ name: 'Reasoning/ZeroShotCot', arguments: { input: question } });
  assert.match(prompt.messages.at(-1).content.text, /6 times 7/);
  await assert.rejects(client.getPrompt({ name: 'Reasoning/ZeroShotCot', arguments: {} }), /input/);
}

/** Cancels a call whose upstream never answers; the test looks that nothing stays open there. */
export async function cancel(client) {
  const controller = new AbortController();
  const call = client.callTool({ name: 'solve', arguments: { question, model: 'slow', strategy: 'self-consistency', samples: 4 } }, ...options(client, { signal: controller.signal }));
  const ended = assert.rejects(call);
  await checkpoint('in-flight');
  controller.abort();
  await ended;
  await checkpoint('cancelled');
}

// The older client takes a schema between parameters and options.
function options(client, given) {
  return client.callTool.length >= 3 || client.constructor.isOlder ? [undefined, given] : [given];
}
