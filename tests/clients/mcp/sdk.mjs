// @modelcontextprotocol/sdk 1.32: the protocol up to 2025-11-25, with a handshake. Argument: http or stdio.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { assert, cancel, common, done, headers, model, program, question, url } from './harness.mjs';

class OlderClient extends Client {
  static isOlder = true;
}

const isHttp = process.argv[2] === 'http';
const mine = model();
const client = new OlderClient({ name: 'agents-tests', version: '1.0.0' }, { capabilities: { sampling: {} } });
client.setRequestHandler(CreateMessageRequestSchema, request => mine.sample(request));
await client.connect(isHttp ? new StreamableHTTPClientTransport(url, { requestInit: { headers } }) : new StdioClientTransport({ ...program, env: process.env }));
await common(client);

const call = { name: 'solve_with_client_model', arguments: { question, strategy: 'self-consistency', samples: 5 } };
const answered = await client.callTool(call);
if (isHttp) {
  // Without a session a server cannot ask back; the tool says what to do.
  assert.equal(answered.isError, true);
  assert.match(answered.content[0].text, /Use 'solve'/);
  assert.equal(mine.asked, 0);
} else {
  assert.equal(answered.structuredContent.answer, '42');
  assert.equal(mine.asked, 5);
  assert.ok(mine.most > 1, 'the samples were asked for one at a time');
}

await cancel(client);
await client.close();
done();
