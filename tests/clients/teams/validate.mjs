// Checks the app package against the schemas that @microsoft/app-manifest carries, with ajv itself, and what no schema sees: files that
// are named and are not there, functions that the OpenAPI document does not have. Then breaks copies, each of which must be refused.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const folder = process.argv[2];
const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8").replace(/^\uFEFF/, ""));
const schemaAt = (path) => JSON.parse(readFileSync(join("node_modules/@microsoft/app-manifest/build/json-schemas", path), "utf8").replace(/^\uFEFF/, ""));
const schemas = {
  "manifest.json": "teams/v1.24/MicrosoftTeams.schema.json",
  "declarativeAgent.json": "copilot/declarative-agent/v1.5/schema.json",
  "ai-plugin.json": "copilot/plugin/v2.3/schema.json",
  "ai-plugin.mcp.json": "copilot/plugin/v2.4/schema.json",
};

const ajv = new Ajv04.default({ allErrors: true, strict: false });
addFormats.default(ajv);
const checks = Object.fromEntries(Object.entries(schemas).map(([name, path]) => [name, ajv.compile(schemaAt(path))]));
const api = parse(readFileSync(join(folder, "openapi.yaml"), "utf8"));
const operations = Object.values(api.paths).flatMap((path) => Object.values(path).map((o) => o.operationId));

function faultsOf(name, document) {
  const faults = checks[name](document) ? [] : checks[name].errors.map((e) => `${e.instancePath} ${e.message}`);
  const files = [
    ...Object.values(document.icons ?? {}),
    ...(document.copilotAgents?.declarativeAgents ?? []).map((a) => a.file),
    ...(document.actions ?? []).map((a) => a.file),
    ...(document.runtimes ?? []).filter((r) => r.type === "OpenApi").map((r) => r.spec.url),
  ];
  faults.push(...files.filter((f) => !existsSync(join(folder, f))).map((f) => `there is no file ${f}`));
  const tools = (document.runtimes ?? []).flatMap((r) => r.spec?.mcp_tool_description?.tools ?? []).map((t) => t.name);
  const known = tools.length > 0 ? tools : operations;
  const functions = [...(document.functions ?? []).map((f) => f.name), ...(document.runtimes ?? []).flatMap((r) => r.run_for_functions ?? [])];
  faults.push(...functions.filter((f) => !known.includes(f)).map((f) => `the server has no function ${f}`));
  return faults;
}

for (const name of Object.keys(schemas)) assert.deepEqual(faultsOf(name, read(name)), [], name);

const breaks = [
  ["manifest.json", "no id", (d) => delete d.id],
  ["manifest.json", "an unknown property", (d) => { d.surprise = 1; }],
  ["manifest.json", "an unknown scope", (d) => { d.bots[0].scopes = ["everywhere"]; }],
  ["manifest.json", "a bot id that is no GUID", (d) => { d.bots[0].botId = "me"; }],
  ["manifest.json", "a short name that is too long", (d) => { d.name.short = "x".repeat(31); }],
  ["manifest.json", "an icon that is not there", (d) => { d.icons.color = "none.png"; }],
  ["manifest.json", "another version", (d) => { d.manifestVersion = "9.9"; }],
  ["declarativeAgent.json", "no description", (d) => delete d.description],
  ["declarativeAgent.json", "seven starters", (d) => { d.conversation_starters = Array(7).fill({ text: "x" }); }],
  ["declarativeAgent.json", "a plugin that is not there", (d) => { d.actions[0].file = "none.json"; }],
  ["ai-plugin.json", "no schema version", (d) => delete d.schema_version],
  ["ai-plugin.json", "an unknown property", (d) => { d.runtimes[0].surprise = 1; }],
  ["ai-plugin.json", "a runtime that this version does not have", (d) => { d.runtimes[0].type = "RemoteMCPServer"; }],
  ["ai-plugin.json", "a key without its reference", (d) => delete d.runtimes[0].auth.reference_id],
  ["ai-plugin.json", "a function that the server does not have", (d) => { d.functions[0].name = "guess"; }],
  ["ai-plugin.mcp.json", "no address", (d) => delete d.runtimes[0].spec.url],
];
for (const [name, what, breakIt] of breaks) {
  const copy = read(name);
  breakIt(copy);
  assert.notDeepEqual(faultsOf(name, copy), [], `${name} with ${what} was taken`);
}

const sizeOf = (name) => { const png = readFileSync(join(folder, name)); return [png.toString("latin1", 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)]; };
assert.deepEqual(sizeOf("color.png"), ["PNG", 192, 192]);
assert.deepEqual(sizeOf("outline.png"), ["PNG", 32, 32]);
console.log(JSON.stringify({ documents: Object.keys(schemas).length, refused: breaks.length, operations }));
