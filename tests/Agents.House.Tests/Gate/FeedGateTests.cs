using System.Net;
using System.Net.Sockets;

namespace Agents.House.Tests.Gate;

public sealed class FeedGateTests
{
    [Fact]
    public async Task Build_FeedLacksTheFamily_LeavesItsProjectsOutWithOneWarning()
    {
        using var tree = new GateTree();

        DotnetOutcome build = await tree.DotnetAsync("build", "Tree.slnx", "-warnaserror");
        DotnetOutcome run = await tree.DotnetAsync("run", "--no-build", "--project", "hosts/App");

        Assert.True(build.ExitCode == 0, build.Output);
        string warning = Assert.Single(build.Warnings);
        Assert.Contains("warning AGENTS001", warning, StringComparison.Ordinal);
        Assert.Contains("Gated, Shown (SemanticKernel: NU1101: Unable to find package Microsoft.SemanticKernel.Core", warning, StringComparison.Ordinal);
        Assert.Equal("sees nothing", run.Output.Trim());
    }

    [Fact]
    public async Task Run_FreshTreeAndTheFeedChanges_FollowsTheFeed()
    {
        using var tree = new GateTree();
        tree.StockSemanticKernel();

        DotnetOutcome stocked = await tree.DotnetAsync("run", "--project", "hosts/App");
        tree.SetSemanticKernelVersion("99.0.0");
        DotnetOutcome missing = await tree.DotnetAsync("run", "--project", "hosts/App");

        Assert.Equal("sees Present", stocked.Output.Trim());
        Assert.Equal("sees nothing", missing.Output.Trim());
        Assert.Equal(2, tree.Findings.Length);
    }

    [Fact]
    public async Task Build_FeedHasEveryFamily_LeavesNothingOutAndSaysNothing()
    {
        using var tree = new GateTree();
        tree.StockEverything();

        DotnetOutcome build = await tree.DotnetAsync("build", "Tree.slnx", "-warnaserror");
        DotnetOutcome run = await tree.DotnetAsync("run", "--no-build", "--project", "hosts/App");

        Assert.True(build.ExitCode == 0, build.Output);
        Assert.Empty(build.Warnings);
        Assert.Equal("sees Present", run.Output.Trim());
    }

    [Fact]
    public async Task Restore_FeedHasOnlyANewerVersion_LeavesTheProjectOut()
    {
        using var tree = new GateTree();
        tree.StockSemanticKernel();
        tree.SetSemanticKernelVersion("0.1.0");

        DotnetOutcome restore = await tree.DotnetAsync("restore", "plugins/Gated");

        Assert.True(restore.ExitCode == 0, restore.Output);
        Assert.Contains("Gated, Shown (SemanticKernel: NU1603: ", Assert.Single(restore.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_FeedRefusesConnections_SaysSoAndAsksAgainLater()
    {
        int port = UnusedPort();
        using var tree = new GateTree($"https://127.0.0.1:{port}/index.json");

        DotnetOutcome restore = await tree.DotnetAsync("restore", "plugins/Gated");
        DateTime finding = tree.AgeFinding(TimeSpan.FromMinutes(11));
        DotnetOutcome later = await tree.DotnetAsync("restore", "plugins/Gated");

        Assert.True(restore.ExitCode == 0, restore.Output);
        string warning = Assert.Single(restore.Warnings);
        Assert.Contains("NU1301", warning, StringComparison.Ordinal);
        Assert.DoesNotContain($"{port}", warning, StringComparison.Ordinal);
        Assert.True(later.ExitCode == 0, later.Output);
        Assert.True(File.GetLastWriteTimeUtc(Assert.Single(tree.Findings)) > finding);
    }

    [Fact]
    public async Task Restore_FeedNeverAnswers_GivesUpAtTheLimit()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        using var tree = new GateTree($"https://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/index.json");

        DotnetOutcome restore = await tree.DotnetAsync("restore", "plugins/Gated", "-p:FeedProbeSeconds=3");

        Assert.True(restore.ExitCode == 0, restore.Output);
        string warning = Assert.Single(restore.Warnings);
        Assert.Contains("the feed did not answer within 3 s", warning, StringComparison.Ordinal);
    }

    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
