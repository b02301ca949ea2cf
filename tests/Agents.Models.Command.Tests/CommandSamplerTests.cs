using System.Diagnostics;
using System.Globalization;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;
using Microsoft.Extensions.AI;

namespace Agents.Models.Command.Tests;

/// <summary>Real processes: what a command sees, and that nothing of it is left. The commands are of Unix; elsewhere nothing is checked.</summary>
public sealed class CommandSamplerTests
{
    private static readonly bool isUnix = !OperatingSystem.IsWindows();

    [Theory]
    [InlineData("exit 0", "0")]
    [InlineData("exit 3", "3")]
    public async Task ExitCode_IsReportedAsItWas(string script, string code)
    {
        if (isUnix)
            Assert.Equal(code, (await RunAsync(script)).Metadata[UnitTestVerifier.ExitCode]);
    }

    [Fact]
    public async Task CodeAndQuestion_AreFilesInAFolderThatIsGoneAfterwards()
    {
        if (!isUnix)
            return;
        CallOutcome outcome = await RunAsync("pwd; ls; cat \"$1\" question.txt", code: "print(1)\n", question: "Which?");
        string[] lines = outcome.Text!.Split('\n');
        Assert.Equal(["question.txt", "solution.py", "print(1)", "Which?"], lines[1..]);
        Assert.False(Directory.Exists(lines[0]));
    }

    [Fact]
    public async Task NoShell_ReadsTheArguments()
    {
        if (!isUnix)
            return;
        using var sampler = new CommandSampler(new() { Command = ["printf", "%s\n", "{file}", "; echo no", "$(id)", "*"] });
        string[] lines = (await SampleAsync(sampler, "x", "q")).Single().Text!.Split('\n');
        Assert.EndsWith("solution.py", lines[0], StringComparison.Ordinal);
        Assert.Equal(["; echo no", "$(id)", "*", ""], lines[1..]);
    }

    [Fact]
    public async Task Environment_HoldsNothingThatIsNotAllowed()
    {
        if (!isUnix)
            return;
        Environment.SetEnvironmentVariable("AGENTS_TEST_SECRET", "hunter2");
        Environment.SetEnvironmentVariable("AGENTS_TEST_ALLOWED", "yes");
        string withheld = (await RunAsync("env")).Text!;
        Assert.DoesNotContain("hunter2", withheld, StringComparison.Ordinal);
        Assert.DoesNotContain("AGENTS_TEST_ALLOWED", withheld, StringComparison.Ordinal);
        Assert.Contains("PATH=", withheld, StringComparison.Ordinal);
        Assert.Contains("AGENTS_TEST_ALLOWED=yes", (await RunAsync("env", o => o with { InheritedVariables = ["PATH", "AGENTS_TEST_ALLOWED"] })).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StandardInput_IsClosed()
    {
        if (isUnix)
            Assert.Equal("end\n", (await RunAsync("cat; echo end")).Text);
    }

    [Fact]
    public async Task TimeLimit_EndsTheWholeTree_AlsoWhoLeftItsParent()
    {
        if (!OperatingSystem.IsLinux())
            return;
        CallOutcome outcome = await RunAsync("echo $$; sleep 1000 & echo $!; (setsid sh -c 'echo $$; exec sleep 1000' &); sleep 1000", o => o with { TimeLimitSeconds = 1 });
        Assert.Equal("true", outcome.Metadata[UnitTestVerifier.TimedOut]);
        AssertEnded(outcome.Text!, 3);
    }

    [Fact]
    public async Task WhatAGoodEndLeftInTheBackground_IsEndedToo()
    {
        if (!OperatingSystem.IsLinux())
            return;
        CallOutcome outcome = await RunAsync("(setsid sh -c 'echo $$; exec sleep 1000' &) ; exit 0");
        Assert.Equal("0", outcome.Metadata[UnitTestVerifier.ExitCode]);
        // It may have been ended before it could say who it is.
        AssertEnded(outcome.Text!, 0);
    }

    [Fact]
    public async Task Output_IsKeptUpToItsLimit_AndAFloodDoesNotBlock()
    {
        if (!isUnix)
            return;
        CallOutcome outcome = await RunAsync("head -c 1000000 /dev/zero | tr '\\0' 'x'; exit 1", o => o with { MaxOutput = 100 });
        Assert.Equal(new string('x', 100) + "\n(999900 more characters)", outcome.Text);
        Assert.Equal("1", outcome.Metadata[UnitTestVerifier.ExitCode]);
    }

    [Theory]
    [InlineData("no-such-program-anywhere", "could not be started")]
    [InlineData("sh", "could not run")]
    public async Task CommandThatCannotRun_IsAFailedCallAndNoVerdict(string program, string said)
    {
        if (!isUnix)
            return;
        using var sampler = new CommandSampler(new() { Command = [program, "-c", "no-such-program-anywhere", "{file}"] });
        CallOutcome outcome = (await SampleAsync(sampler, "x", "q")).Single();
        Assert.Equal(CallFailureKind.Unavailable, outcome.Failure!.Kind);
        Assert.Contains(said, outcome.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ManyAtOnce_NeverExceedTheLimit()
    {
        if (!isUnix)
            return;
        string shared = Directory.CreateTempSubdirectory("agents-parallel-").FullName;
        try
        {
            using var sampler = new CommandSampler(new() { Command = ["sh", "-c", "touch \"$2/$$\"; ls \"$2\" | wc -l; rm \"$2/$$\"", "x", "{file}", shared], MaxParallel = 2 });
            CallOutcome[] outcomes = await SampleAsync(sampler, "x", "q", count: 12);
            Assert.Equal(12, outcomes.Length);
            Assert.All(outcomes, o => Assert.InRange(int.Parse(o.Text!, CultureInfo.InvariantCulture), 1, 2));
        }
        finally
        {
            Directory.Delete(shared, recursive: true);
        }
    }

    [Fact]
    public async Task Cancelling_EndsTheProcess()
    {
        if (!isUnix)
            return;
        string pipe = Path.Combine(Directory.CreateTempSubdirectory("agents-cancel-").FullName, "pipe");
        using (Process made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync();
        using var sampler = new CommandSampler(new() { Command = ["sh", "-c", "echo $$ > \"$2\"; exec sleep 1000", "x", "{file}", pipe], TimeLimitSeconds = 3600 });
        using var cancel = new CancellationTokenSource();
        Task<CallOutcome[]> running = SampleAsync(sampler, "x", "q", 1, cancel.Token);
        // Reading waits until the command has begun to write: it is running now.
        string id = await File.ReadAllTextAsync(pipe);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        AssertEnded(id, 1);
        Directory.Delete(Path.GetDirectoryName(pipe)!, recursive: true);
    }

    [Fact]
    public void ModelId_ChangesWithTheCommand() => Assert.NotEqual(
        new CommandSampler(new() { Command = ["sh", "{file}"] }).ModelId,
        new CommandSampler(new() { Command = ["sh", "-e", "{file}"] }).ModelId);

    private static void AssertEnded(string output, int least)
    {
        int[] ids = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l, CultureInfo.InvariantCulture))];
        Assert.True(ids.Length >= least, output);
        Assert.All(ids, id => Assert.True(IsGone(id), $"{id} still runs"));

        // An ended process whose new parent has not asked for it yet stays as a zombie.
        static bool IsGone(int id) => !File.Exists($"/proc/{id}/stat") || File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].TrimStart().StartsWith('Z');
    }

    private static async Task<CallOutcome> RunAsync(string script, Func<CommandOptions, CommandOptions>? change = null, string code = "x", string question = "q")
    {
        var options = new CommandOptions { Command = ["sh", "-c", script, "sh", "{file}"] };
        using var sampler = new CommandSampler(change?.Invoke(options) ?? options);
        return (await SampleAsync(sampler, code, question)).Single();
    }

    private static async Task<CallOutcome[]> SampleAsync(CommandSampler sampler, string code, string question, int count = 1, CancellationToken cancellationToken = default)
    {
        var batch = new SampleBatch([new ChatMessage(ChatRole.User, question), new ChatMessage(ChatRole.Assistant, code)], SampleOptions.Default, [.. Enumerable.Range(0, count).Select(i => new SampleRequest($"k{i}", i, i))]);
        var outcomes = new List<CallOutcome>();
        await foreach (SampleDelivery delivery in sampler.SampleAsync(batch, cancellationToken))
            outcomes.Add(delivery.Outcome);
        return [.. outcomes];
    }
}
