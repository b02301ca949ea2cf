using System.Runtime.CompilerServices;

namespace Agents.Reasoning.Tests.Runs;

public sealed class AbandonedCallTests
{
    [Fact]
    public async Task Run_OneCallOfAJoinedRequestIsLeft_TheSamplerLearnsOfThatOneAlone()
    {
        var sampler = new LearningSampler();

        ReasoningResult result = await new ReasoningRunner(new ReasoningModels(sampler))
            .RunAsync(new LeaveSecondStrategy(), ReasoningRequest.FromQuestion("What is six times seven?"))
            .WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("first then third", result.Failure);
        Assert.Equal([1], sampler.Abandoned);
    }

    /// <summary>Delivers the first sample, then waits until the second is abandoned, then delivers the third.</summary>
    private sealed class LearningSampler : ISampler
    {
        public string ModelId => "learning";

        public SamplerCapabilities Capabilities { get; } = new() { MaxSamplesPerRequest = 8 };

        public List<int> Abandoned { get; } = [];

        public async IAsyncEnumerable<SampleDelivery> SampleAsync(SampleBatch batch, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return new SampleDelivery(batch.Requests[0].Key, CallOutcome.FromText("first"));
            var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using (batch.Requests[1].Abandoned.Register(left.SetResult))
                await left.Task.WaitAsync(cancellationToken);
            Abandoned.AddRange(Enumerable.Range(0, 3).Where(i => batch.Requests[i].Abandoned.IsCancellationRequested));
            yield return new SampleDelivery(batch.Requests[2].Key, CallOutcome.FromText("third"));
        }
    }

    /// <summary>Asks three times for the same, and leaves the second when it has the first.</summary>
    private sealed class LeaveSecondStrategy : IReasoningStrategy
    {
        public StrategyDescription Description => new("leave-second", "Leaves one of three equal calls.", "3", "1", "test");

        public string Fingerprint => "leave-second/1";

        public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
        {
            using var leave = new CancellationTokenSource();
            IAsyncEnumerable<Sample>[] calls = [Ask(default), Ask(leave.Token), Ask(default)];
            string first = await OnlyAsync(calls[0]);
            leave.Cancel();
            string third = await OnlyAsync(calls[2]);
            return new ReasoningResult { Strategy = "leave-second", StopReason = StopReason.NoAnswer, Failure = $"{first} then {third}" };

            IAsyncEnumerable<Sample> Ask(CancellationToken token) => context.SampleAsync("solver", request.Messages, null, 1, token);
        }

        private static async Task<string> OnlyAsync(IAsyncEnumerable<Sample> call)
        {
            await foreach (Sample sample in call)
                return sample.Text;
            return "";
        }
    }
}
