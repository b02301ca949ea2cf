using Agents.Reasoning;
using Agents.Server.Mcp;
using Agents.Testing;

namespace Agents.Server.Tests.Mcp;

public sealed class StateSealTests
{
    private static readonly ClientRunState state = new("run-1", 2, 1_700_000_000_000,
    [
        new JournalEntry("|solver|abc#0", CallOutcome.FromText("So the answer is ½, “quoted” — 答案是四十二."), 1_700_000_000_001),
        new JournalEntry("|solver|abc#1", CallOutcome.Failed(CallFailureKind.Malformed, "no text"), 1_700_000_000_002),
    ]);

    private static StateSeal Seal(McpOptions? options = null, TimeProvider? time = null) => new(new ServerOptions { Mcp = options ?? new McpOptions() }, time ?? new ManualClock());

    [Fact]
    public void WhatIsClosed_OpensAsItWas()
    {
        StateSeal seal = Seal();
        (ClientRunState opened, string binding) = seal.Open(seal.Close(state, "mine"));
        Assert.Equal(("mine", state.RunId, state.Rounds, state.StartedAt), (binding, opened.RunId, opened.Rounds, opened.StartedAt));
        Assert.Equal(state.Entries.Select(e => (e.Key, e.Outcome.Text, e.Outcome.Failure, e.At)), opened.Entries.Select(e => (e.Key, e.Outcome.Text, e.Outcome.Failure, e.At)));
    }

    /// <summary>Every place of the text counts: its signature, its content, and what the encoding leaves over at the end.</summary>
    [Fact]
    public void AnyChangedCharacter_IsRefused()
    {
        StateSeal seal = Seal();
        string text = seal.Close(state, "mine");
        for (int at = 0; at < text.Length; at++)
        {
            string changed = text[..at] + (text[at] == 'Q' ? 'R' : 'Q') + text[(at + 1)..];
            Assert.Contains("changed on the way", Assert.Throws<ApiException>(() => seal.Open(changed)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void KeyOfAnotherServer_IsRefused()
    {
        string text = Seal().Close(state, "mine");
        Assert.Equal("state_invalid", Assert.Throws<ApiException>(() => Seal().Open(text)).Code);
    }

    [Fact]
    public void State_HoldsToTheSecond()
    {
        var clock = new ManualClock();
        StateSeal seal = Seal(new McpOptions { StateSeconds = 30 }, clock);
        string text = seal.Close(state, "mine");
        clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(2, seal.Open(text).State.Rounds);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("state_expired", Assert.Throws<ApiException>(() => seal.Open(text)).Code);
    }

    /// <summary>Reasoning repeats itself, and so compresses: sixteen solutions of 2,000 characters fit easily.</summary>
    [Fact]
    public void SixteenLongSolutions_FitTheDefaultBound()
    {
        string solution = string.Concat(Enumerable.Range(0, 40).Select(i => $"Step {i}: we take {i * 37} and add {i * i}, which makes {(i * 37) + (i * i)}. "));
        var long16 = new ClientRunState("run", 1, 1, [.. Enumerable.Range(0, 16).Select(i => new JournalEntry($"|solver|abc#{i}", CallOutcome.FromText($"{i} {solution}"), i))]);
        Assert.InRange(Seal().Close(long16, "mine").Length, 1, 16 * 1024);
    }

    [Fact]
    public void StateOverTheBound_IsRefused_WithItsSize()
    {
        StateSeal seal = Seal(new McpOptions { MaxStateBytes = 4096 });
        var random = new Random(1);
        string noise = string.Concat(Enumerable.Range(0, 8000).Select(_ => (char)('a' + random.Next(26))));
        var large = state with { Entries = [new JournalEntry("k", CallOutcome.FromText(noise), 1)] };
        ApiException e = Assert.Throws<ApiException>(() => seal.Close(large, "mine"));
        Assert.Equal("state_too_large", e.Code);
        Assert.Contains("4096", e.Message, StringComparison.Ordinal);
    }
}
