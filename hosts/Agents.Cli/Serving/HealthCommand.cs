using System.CommandLine;
using Agents.Server;

namespace Agents.Cli.Serving;

/// <summary><c>agents health</c>: whether a server takes work. For containers, whose images hold no program that could ask.</summary>
internal static class HealthCommand
{
    public static Command Create(CommandConsole console)
    {
        var url = new Option<string>("--url") { Description = "The server.", DefaultValueFactory = _ => ServerConfiguration.DefaultUrl, HelpName = "U" };
        var seconds = new Option<double>("--seconds") { Description = "How long to wait for its answer.", DefaultValueFactory = _ => 3 };
        var command = new Command("health", "Asks a server whether it takes work: exit code 0 if it does, 3 if not.") { url, seconds };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!Uri.TryCreate(parsed.GetValue(url)!.TrimEnd('/') + "/readyz", UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
                throw new ArgumentException($"--url is '{parsed.GetValue(url)}'; it must be an address such as {ServerConfiguration.DefaultUrl}.");
            if (parsed.GetValue(seconds) is not (> 0 and <= 3600) and var wait)
                throw new ArgumentException(FormattableString.Invariant($"--seconds is {wait}; it must be above 0, 3600 at most."));
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(parsed.GetValue(seconds)) };
            try
            {
                using HttpResponseMessage response = await client.GetAsync(address, cancellationToken);
                await console.Output.WriteLineAsync(response.IsSuccessStatusCode ? "ready" : $"not ready: {(int)response.StatusCode}");
                return response.IsSuccessStatusCode ? ExitCodes.Done : ExitCodes.NoAnswer;
            }
            catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                await console.Output.WriteLineAsync($"not ready: {address.Authority} does not answer");
                return ExitCodes.NoAnswer;
            }
        });
        return command;
    }
}
