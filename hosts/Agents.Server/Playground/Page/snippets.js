// A run as others would ask for it: as a shell command, in C#, and its result.
import { addressOf, hasKey } from "./api.js";

const shell = text => `'${text.replaceAll("'", "'\\''")}'`;
// A string of JSON is one of C#, but for two line ends that C# does not allow inside it.
const csharp = text => JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
const literal = value => typeof value === "string" ? csharp(value) : String(value);
const named = (type, members) => members.length === 0 ? `new ${type}()` : `new ${type} { ${members.join(", ")} }`;
const simple = { samples: "Samples", maxSteps: "MaxSteps", width: "Width" };

export const forms = ["curl", "C# · Microsoft.Extensions.AI", "C# · OpenAI SDK", "Result"];

export function snippet(form, body, run) {
  return form === forms[0] ? curl(body) : form === forms[1] ? withReasoning(body) : form === forms[2] ? openAI(body)
    : run.output ? JSON.stringify(run.output, null, 2) : "There is no result yet.";
}

export function curl(body) {
  return [`curl -s ${shell(addressOf("api/reason"))}`, "-H 'Content-Type: application/json'", ...(hasKey() ? ['-H "Authorization: Bearer $AGENTS_API_KEY"'] : []), `-d ${shell(JSON.stringify(body))}`].join(" \\\n  ");
}

export function withReasoning({ question, model, strategy, samples, temperature, seed, settings = {}, budget = {} }) {
  const taken = { ...(samples !== undefined && { samples }), ...settings };
  const isSimple = Object.keys(taken).every(name => name in simple || name === "verifier");
  const limits = [["calls", "Calls", ""], ["tokens", "Tokens", ""], ["cost", "Cost", "m"]].filter(([name]) => budget[name] !== undefined).map(([name, member, suffix]) => `${member} = ${budget[name]}${suffix}`);
  if (budget.seconds !== undefined) limits.push(`Time = TimeSpan.FromSeconds(${budget.seconds})`);
  const options = [...(seed !== undefined ? [`Seed = ${seed}`] : []), ...(limits.length > 0 ? [`Limits = ${named("BudgetLimits", limits)}`] : [])];
  const how = isSimple
    ? [csharp(strategy), named("StrategySettings", Object.entries(taken).map(([name, value]) => name === "verifier" ? `Verifier = VerifierCatalogue.Create(${csharp(value)})` : `${simple[name]} = ${literal(value)}`))]
    : [`WorkflowDocument.Parse("""${JSON.stringify({ strategy, ...taken })}""").Build()`];
  const isEmbedded = model === "embedded";
  return [
    ...(isEmbedded ? ["using Agents.Models.Embedded;"] : []), "using Agents.Reasoning;", ...(isSimple && taken.verifier ? ["using Agents.Reasoning.Verifiers;"] : []), ...(isSimple ? [] : ["using Agents.Reasoning.Workflows;"]), "using Microsoft.Extensions.AI;", ...(isEmbedded ? [] : ["using OpenAI;"]), "",
    isEmbedded ? "IChatClient client = EmbeddedModel.LoadShipped().CreateChatClient();" : `IChatClient client = new OpenAIClient(Environment.GetEnvironmentVariable("OPENAI_API_KEY")).GetChatClient(${csharp(model)}).AsIChatClient(); // or any other`,
    "IChatClient better = client.WithReasoning(",
    ...[...how, named("RunOptions", options)].map((argument, i, all) => `    ${argument}${i < all.length - 1 ? "," : ");"}`),
    `ChatResponse response = await better.GetResponseAsync(${csharp(question)}${temperature !== undefined ? `, new ChatOptions { Temperature = ${temperature}f }` : ""});`,
    "Console.WriteLine(response.Text);",
  ].join("\n");
}

export function openAI({ question, model, strategy, samples, temperature, seed, settings = {}, budget }) {
  const reasoning = { ...(samples !== undefined && { samples }), ...settings, ...(budget && { budget }), answer_only: true };
  const options = [...(seed !== undefined ? [`Seed = ${seed}`] : []), ...(temperature !== undefined ? [`Temperature = ${temperature}f`] : [])];
  return [
    "#pragma warning disable OPENAI001, SCME0001 // Seed and Patch are marked experimental", "using System.ClientModel;", "using OpenAI;", "using OpenAI.Chat;", "",
    "ChatClient client = new(", `    ${csharp(`${strategy}/${model}`)},`, `    new ApiKeyCredential(Environment.GetEnvironmentVariable("AGENTS_API_KEY") ?? "none"),`, `    new OpenAIClientOptions { Endpoint = new Uri(${csharp(addressOf("v1"))}) });`,
    `ChatCompletionOptions options = ${named("ChatCompletionOptions", options)};`,
    `options.Patch.Set("$.reasoning"u8, BinaryData.FromString("""${JSON.stringify(reasoning)}"""));`,
    `ChatCompletion completion = await client.CompleteChatAsync([new UserChatMessage(${csharp(question)})], options);`,
    "Console.WriteLine(completion.Content[0].Text);",
  ].join("\n");
}
