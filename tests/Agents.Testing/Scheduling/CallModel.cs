using System.Runtime.CompilerServices;
using Agents.Reasoning;

namespace Agents.Testing;

/// <summary>A model given as a function of the call, as samplers for every role and as rounds: the same outcomes in every host.</summary>
/// <param name="model">The outcome of each call.</param>
public sealed class CallModel(Func<ModelCall, CallOutcome> model)
{
    private int calls;

    /// <summary>Calls answered so far.</summary>
    public int Calls => calls;

    /// <summary>Awaited before each answer; null for none. It decides the order of completions.</summary>
    public Func<ModelCall, CancellationToken, Task>? Before { get; init; }

    /// <summary>What the model declares in every role. Default: nothing.</summary>
    public SamplerCapabilities Capabilities { get; init; } = SamplerCapabilities.None;

    /// <summary>The models for the in-process host.</summary>
    public ReasoningModels Models => new ReasoningModels(new RoleSampler(this, "solver"))
        .With("selector", new RoleSampler(this, "selector"))
        .With("judge", new RoleSampler(this, "judge"))
        .With("aggregator", new RoleSampler(this, "aggregator"))
        .With("expert", new RoleSampler(this, "expert"))
        .With("process", new RoleSampler(this, "process"))
        .With("discriminator", new RoleSampler(this, "discriminator"));

    /// <summary>Runs a strategy through the round host, answering every pending call of each round.</summary>
    /// <returns>The result and the number of rounds.</returns>
    public (ReasoningResult Result, int Rounds) RunRounds(IReasoningStrategy strategy, ReasoningRequest request, RunOptions options)
    {
        var host = new RoundHost { Capabilities = _ => Capabilities };
        RoundState state = RoundHost.Begin(strategy, request, options);
        IReadOnlyList<SampleDelivery> answers = [];
        for (int rounds = 0; ; rounds++)
        {
            Round round = host.Advance(strategy, request, options, state, answers);
            if (round.Result is { } result)
                return (result, rounds);
            state = round.State;
            answers = [.. round.Pending.Select(c => new SampleDelivery(c.Key, model(c)))];
        }
    }

    private sealed class RoleSampler(CallModel owner, string role) : ISampler
    {
        public string ModelId => "function:" + role;

        public SamplerCapabilities Capabilities => owner.Capabilities;

        public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (SampleRequest request in batch.Requests)
            {
                var call = new ModelCall(request.Key, role, batch.Messages, batch.Options, request.Index, request.Seed, PromptHash.Of(role, batch.Messages, batch.Options));
                if (owner.Before is { } before)
                    await before(call, cancellationToken);
                Interlocked.Increment(ref owner.calls);
                yield return new SampleDelivery(request.Key, owner.Answer(call));
            }
        }
    }

    private CallOutcome Answer(ModelCall call) => model(call);
}
