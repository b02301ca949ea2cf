// @modelcontextprotocol/client 2.3: the protocol of 2026-07-28, without a handshake. Argument: http or stdio.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { assert, cancel, common, done, headers, model, program, question, url } from './harness.mjs';

const isHttp = process.argv[2] === 'http';

async function connect(mine, more = {}) {
  const client = new Client({ name: 'agents-tests', version: '1.0.0' }, { capabilities: { sampling: {} }, versionNegotiation: { mode: { pin: '2026-07-28' } }, ...more });
  client.setRequestHandler('sampling/createMessage', request => mine.sample(request));
  await client.connect(isHttp ? new StreamableHTTPClientTransport(url, { requestInit: { headers } }) : new StdioClientTransport({ ...program, env: process.env }));
  return client;
}

const mine = model();
const client = await connect(mine);
await common(client);

// All independent calls of the strategy come in one round.
const call = { name: 'solve_with_client_model', arguments: { question, strategy: 'self-consistency', samples: 5 } };
const answered = await client.callTool(call);
assert.deepEqual([answered.structuredContent.answer, answered.structuredContent.rounds], ['42', 1]);
assert.deepEqual([mine.asked, mine.most], [5, 5]);

// A state that was changed on the way is refused, in words.
const manual = await connect(model(), { inputRequired: { autoFulfill: false } });
const first = await manual.callTool(call, { allowInputRequired: true });
assert.equal(Object.keys(first.inputRequests).length, 5);
const inputResponses = Object.fromEntries(Object.keys(first.inputRequests).map(k => [k, { role: 'assistant', model: 'm', content: { type: 'text', text: 'So the answer is 42.' } }]));
const tampered = first.requestState.slice(0, 50) + (first.requestState[50] === 'A' ? 'B' : 'A') + first.requestState.slice(51);
const refused = await manual.callTool({ ...call, inputResponses, requestState: tampered }, { allowInputRequired: true });
assert.equal(refused.isError, true);
assert.match(refused.content[0].text, /was changed on the way/);
const whole = await manual.callTool({ ...call, inputResponses, requestState: first.requestState }, { allowInputRequired: true });
assert.equal(whole.structuredContent.answer, '42');
await manual.close();

await cancel(client);
await client.close();
done();
