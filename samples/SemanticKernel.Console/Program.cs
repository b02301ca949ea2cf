using Agents.Models.Embedded;
using Agents.Reasoning.SemanticKernel;
using Agents.Samples.ConsoleApp;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

IKernelBuilder builder = Kernel.CreateBuilder();

// The model inside the build: no key, no network. Any IChatClient or IChatCompletionService will do.
builder.Services.AddSingleton<IChatClient>(EmbeddedModel.LoadShipped().CreateChatClient());
if (args is ["--plain", ..])
    builder.Services.AddSingleton(services => services.GetRequiredService<IChatClient>().AsChatCompletionService());
else
    builder.AddReasoningChatClient("self-consistency"); // This line turns reasoning on.

string[] questions = [.. args.Where(a => a != "--plain")];
TextReader input = questions.Length > 0 ? new StringReader(string.Join('\n', questions)) : Console.In;
await new ChatApp(builder.Build()).RunAsync(input, Console.Out);
