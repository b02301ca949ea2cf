using Agents.Hosting;
using Agents.Reasoning;
using Agents.Samples.AgentApp;

const string AgentModel = "AGENT_MODEL";
const string SolverModel = "SOLVER_MODEL";

if (Environment.GetEnvironmentVariable(AgentModel) is not { Length: > 0 } agentModel)
{
    await Console.Error.WriteLineAsync($"Set {AgentModel} to a model that can call functions, such as openai:MODEL or openai:MODEL@http://localhost:8000/v1; {SolverModel} may name another that solves, or embedded.");
    return 2;
}

using var models = new ModelProvider();
ISampler solver = models.Create(Environment.GetEnvironmentVariable(SolverModel) is { Length: > 0 } named ? named : agentModel);
var agent = new ReasoningAgent(models.CreateChatClient(agentModel), new ReasoningRunner(new ReasoningModels(solver)), line => Console.Error.WriteLine($"  … {line}"));

TextReader input = args.Length > 0 ? new StringReader(string.Join('\n', args)) : Console.In;
while (await input.ReadLineAsync() is { Length: > 0 } line)
{
    Console.WriteLine($"> {line}");
    Console.WriteLine(await agent.AskAsync(line));
}

return 0;
