using Agents.Reasoning;
using ModelContextProtocol.Protocol;

namespace Agents.Server.Mcp;

/// <summary>
/// A run whose calls the client's model answers, one MCP round for each round of pending calls: rounds are the critical path of
/// the strategy. The server keeps nothing between rounds. Thread-safe.
/// </summary>
internal sealed class ClientRounds(StateSeal seal, RunService runs, TimeProvider time)
{
    private readonly RoundHost host = new(time);

    /// <summary>Goes on with a run, or begins it.</summary>
    /// <param name="tool">The tool that was called.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="parameters">The request, with the client's replies and the state of the round before, if there was one.</param>
    /// <param name="maxRounds">Rounds after which the run ends with what it has.</param>
    /// <param name="plan">The plan of the run with this id.</param>
    /// <param name="observer">Receives events.</param>
    /// <returns>The result.</returns>
    /// <exception cref="InputRequiredException">More replies are needed: the next round.</exception>
    /// <exception cref="ApiException">The state or a reply does not belong to this call.</exception>
    public ReasoningResult Advance(string tool, Caller caller, CallToolRequestParams parameters, int maxRounds, Func<string, RunPlan> plan, Action<ReasoningEvent> observer)
    {
        (ClientRunState state, string? binding) = parameters.RequestState is { } text ? seal.Open(text) : (ClientRunState.New(), null);
        RunPlan planned = plan(state.RunId);
        RoundState begun = RoundHost.Begin(planned.Strategy, planned.Request, planned.Options);
        string own = StateSeal.BindingOf(tool, caller.Name, begun.Header);
        if (binding is not null && binding != own)
            throw StateSeal.Mismatch();

        RoundState before = begun with { Entries = state.Entries, StartedAt = state.StartedAt };
        Round round = Step(planned, before, []);
        if (binding is not null)
            round = Step(planned, round.State, Replies(round, parameters), observer);
        if (round.Result is null && state.Rounds >= maxRounds)
            round = Close(planned, round, maxRounds, observer);
        if (round.Result is { } result)
        {
            runs.Note(planned, caller, result, time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(round.State.StartedAt!.Value));
            return result;
        }

        ModelCall[] calls = [.. round.Pending];
        if (calls.Length == 0)
            throw new ApiException(409, "invalid_request_error", "The strategy waits for a time, which rounds cannot wait for. Choose another strategy.", "strategy", "waits_for_time");
        var next = new ClientRunState(state.RunId, state.Rounds + 1, round.State.StartedAt, round.State.Entries);
        throw new InputRequiredException(calls.ToDictionary(ClientCalls.NameOf, ClientCalls.RequestOf), seal.Close(next, own));
    }

    private Round Step(RunPlan plan, RoundState state, IReadOnlyList<SampleDelivery> replies, Action<ReasoningEvent>? observer = null) =>
        host.Advance(plan.Strategy, plan.Request, plan.Options, state, replies, observer);

    private static SampleDelivery[] Replies(Round round, CallToolRequestParams parameters)
    {
        Dictionary<string, ModelCall> asked = round.Pending.ToDictionary(ClientCalls.NameOf);
        var replies = new List<SampleDelivery>();
        foreach ((string name, InputResponse response) in parameters.InputResponses ?? new Dictionary<string, InputResponse>())
        {
            if (!asked.TryGetValue(name, out ModelCall? call))
                throw ApiException.Invalid("inputResponses", $"'{Parameters.Shown(name)}' was not asked for in this round. Asked for: {string.Join(", ", asked.Keys.Take(8))}{(asked.Count > 8 ? ", …" : "")}.", "unknown_response");
            replies.Add(new SampleDelivery(call.Key, ClientCalls.OutcomeOf(response)));
        }

        return [.. replies];
    }

    /// <summary>Ends a run that the client will carry no further: calls from here on fail, so that the strategy concludes from what it has.</summary>
    private Round Fail(RunPlan plan, Round round, Action<ReasoningEvent> observer) => Step(plan, round.State,
        [.. round.Pending.Select(c => new SampleDelivery(c.Key, CallOutcome.Failed(CallFailureKind.BudgetExhausted, "The rounds of this call are used up.")))], observer);

    private Round Close(RunPlan plan, Round round, int maxRounds, Action<ReasoningEvent> observer)
    {
        while (round.Result is null && round.Pending.Count > 0)
            round = Fail(plan, round, observer);
        ReasoningResult result = round.Result ?? throw new ApiException(422, "invalid_request_error", $"The run did not end within {maxRounds} rounds.", "max_rounds", "rounds_used_up");
        return round with { Result = result with { Notes = [.. result.Notes, $"Ended after {maxRounds} rounds, as many as this call allows."] } };
    }
}
