using System.Diagnostics;
using System.Text.Json;
using Agents.Server.Tests.Clients;

namespace Agents.Server.Tests.Channels;

/// <summary>The Microsoft 365 Agents Playground, which others wrote, in conversation with the server: the protocol end to end.</summary>
public sealed class PlaygroundTests
{
    [NodeFact]
    public async Task Playground_Asks_ReadsTheStream_AndDecidesOnCards()
    {
        string folder = await NodePackages.InstalledAsync("teams");
        await using ChannelServer channel = await ChannelServer.StartAsync(c => c with { PaceSeconds = 1 });
        channel.Server.Upstream.Behavior = new() { Text = (r, _) => $"Six times seven. <answer>{(r.Number == 3 ? 7 : 42)}</answer>" };
        var start = new ProcessStartInfo("node", "playground.mjs") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["AGENTS_URL"] = new Uri(channel.Server.Address, "/api/messages").ToString();
        using Process node = Process.Start(start)!;
        Task<string> output = node.StandardOutput.ReadToEndAsync(), error = node.StandardError.ReadToEndAsync();
        await node.WaitForExitAsync();
        Assert.True(node.ExitCode == 0, $"playground.mjs exited with {node.ExitCode}: {await error} {await output}");
        JsonElement said = JsonElement.Parse(await output);
        Assert.Equal(("42", "7"), (said.GetProperty("answer").GetString(), said.GetProperty("after").GetString()));
        // The next answer came from the votes: nothing was asked again.
        Assert.Equal(5, channel.Server.Upstream.Traffic.Requests.Count);
    }
}
