using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Agents.Samples.ConsoleApp;

/// <summary>An ordinary chat application on Semantic Kernel: it asks for a chat service and knows nothing of reasoning.</summary>
/// <param name="kernel">The kernel.</param>
public sealed class ChatApp(Kernel kernel)
{
    /// <summary>Answers line after line until an empty one.</summary>
    public async Task RunAsync(TextReader input, TextWriter output, CancellationToken cancellationToken = default)
    {
        var chat = kernel.GetRequiredService<IChatCompletionService>();
        while (await input.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            await output.WriteLineAsync($"> {line}");
            ChatMessageContent reply = await chat.GetChatMessageContentAsync(line, kernel: kernel, cancellationToken: cancellationToken);
            await output.WriteLineAsync($"[{reply.ModelId}] {reply.Content}");
        }
    }
}
