// The Microsoft 365 Agents Playground, without its browser, before a running server: a person asks, reads the stream, and presses a
// button of the card. Prints one JSON object; exits with 1 where something is not as it must be.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import net from "node:net";
import WebSocket from "ws";

// The module that the package names for imports is not one that Node.js can load.
const { AdaptiveCard, SerializationContext } = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js");
const faultsOf = (json) => {
  const context = new SerializationContext();
  const card = new AdaptiveCard();
  card.parse(json, context);
  const parsing = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  return [...parsing, ...card.validateProperties().validationEvents.map((e) => e.message)];
};

const probe = net.createServer().listen(0, "127.0.0.1");
await once(probe, "listening");
const port = probe.address().port;
probe.close();
await once(probe, "close");

const playground = spawn(
  process.execPath,
  ["node_modules/@microsoft/m365agentsplayground/cli.js", "start", "-e", process.env.AGENTS_URL, "-c", "msteams", "-p", String(port), "--disable-telemetry"],
  { env: { ...process.env, TEAMSAPPTESTER_BROWSER: "none" }, stdio: ["ignore", "pipe", "inherit"] },
);
const seen = [];
const left = once(playground, "exit");
try {
  for await (const line of playground.stdout) if (String(line).includes("Listening")) break;
  const base = `http://127.0.0.1:${port}`;
  const { config } = await (await fetch(`${base}/_internal/v1/config`)).json();
  const chat = config.personalChat.id;

  const stream = new WebSocket(`ws://127.0.0.1:${port}/_ws_conversation/v1/conversations/stream`);
  let wake = () => {};
  stream.on("message", (data) => { seen.push(JSON.parse(data)); wake(); });
  await once(stream, "open");
  const until = async (found) => {
    const limit = Date.now() + 60_000;
    while (!seen.some(found)) {
      const left = limit - Date.now();
      assert(left > 0, "not seen in a minute");
      await Promise.race([new Promise((resolve) => { wake = resolve; }), new Promise((resolve) => setTimeout(resolve, left).unref())]);
    }
    return seen.find(found);
  };
  const post = async (path, body) => {
    const response = await fetch(base + path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const text = await response.text();
    assert.equal(response.status, 200, `${path}: ${text}`);
    return text ? JSON.parse(text) : null;
  };
  const say = (text) => post(`/_conversation/v1/conversations/${chat}/messages`, { from: { id: config.currentUser.id }, text, textFormat: "plain" });
  const press = (message, verb) => {
    const action = cardOf(message).actions.find((a) => a.verb === verb);
    return post("/_conversation/v1/invoke", {
      name: "adaptiveCard/action",
      from: { id: config.currentUser.id },
      conversation: { id: chat },
      replyToId: message.messageId,
      value: { action: { type: action.type, id: action.id, verb: action.verb, data: action.data }, trigger: "manual" },
    });
  };
  const cardOf = (message) => message?.attachments?.find((a) => a.contentType === "application/vnd.microsoft.card.adaptive")?.content;
  const answerOn = (message) => cardOf(message)?.body[1].inlines[0].text;

  await say("What is 6 times 7?");
  const first = (await until((e) => cardOf(e.message))).message;
  const streamed = seen.filter((e) => e.message?.streamEntity && !cardOf(e.message));
  assert.equal(seen[0].action, "typing");
  assert.equal(streamed[0].action, "createMessage");
  assert.equal(streamed[0].message.streamEntity.streamType, "informative");
  assert(streamed.length >= 3 && streamed.slice(1).every((e) => e.action === "updateMessage" && e.message.messageId === streamed[0].message.messageId));
  assert(streamed.some((e) => e.message.streamEntity.streamType === "streaming"));
  const final = streamed.at(-1).message;
  assert.equal(final.streamEntity.streamType, "final");
  assert.deepEqual(final.aiEntity.additionalType, ["AIGeneratedContent"]);
  assert.match(final.text, /42/);
  assert.equal(answerOn(first), "42");
  const times = streamed.map((e) => e.message.timestamp);
  assert(times.slice(1).every((t, i) => t - times[i] >= 900), `updates came too fast: ${times}`);

  const rejected = await press(first, "reject");
  assert.equal(rejected.type, "application/vnd.microsoft.card.adaptive");
  assert.match(JSON.stringify(rejected.value), /Rejected/);
  const second = (await until((e) => answerOn(e.message) === "7")).message;
  const approved = await press(second, "approve");
  assert.match(JSON.stringify(approved.value), /Approved\./);
  assert(!approved.value.actions.some((a) => a.type === "Action.Execute"));

  const cards = [cardOf(first), cardOf(second), rejected.value, approved.value];
  for (const card of cards) assert.deepEqual(faultsOf(card), []);
  assert.notDeepEqual(faultsOf({ ...cards[0], body: [{ type: "Nonsense" }] }), []);

  await say("/strategy debate");
  await until((e) => e.message?.text === "The strategy cannot be chosen here.");
  console.log(JSON.stringify({ events: seen.length, answer: answerOn(first), after: answerOn(second) }));
} catch (error) {
  console.error(JSON.stringify(seen).slice(0, 6000));
  throw error;
} finally {
  playground.kill("SIGTERM");
  await left;
}
