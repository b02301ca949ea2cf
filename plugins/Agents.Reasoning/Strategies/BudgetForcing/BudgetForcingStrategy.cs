using Agents.Reasoning.Verifiers;
using Microsoft.Extensions.AI;

namespace Agents.Reasoning.Strategies;

/// <summary>
/// Budget forcing: the model thinks up to a cap; where it would end earlier, "Wait" is written instead and it goes on, so often; at
/// the cap its thinking is closed and the answer asked for. Calls: up to 2 + the ends ignored, one less where the sampler caps
/// thinking itself. Critical path: the same. Muennighoff et al. 2025 (s1), arXiv:2501.19393.
/// </summary>
/// <remarks>The cap is data in the sample's options (<see cref="SampleOptions.MaxThinkingTokens"/>) where the sampler declares it; elsewhere thinking is asked for with a stop string and a limit. Thinking that marks its steps is gone on with as a step.</remarks>
public sealed class BudgetForcingStrategy : IReasoningStrategy
{
    private const string Open = "<think>";
    private const string Close = "</think>";

    private readonly BudgetForcingOptions options;
    private readonly SolutionPrompt prompt;

    /// <summary>Creates the strategy.</summary>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public BudgetForcingStrategy(BudgetForcingOptions? options = null)
    {
        this.options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThan(this.options.MaxThinkingTokens, 1, "MaxThinkingTokens");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Ignored, "Ignored");
        ArgumentException.ThrowIfNullOrWhiteSpace(this.options.Word, "Word");
        ArgumentOutOfRangeException.ThrowIfNegative(this.options.Temperature, "Temperature");
        prompt = this.options.Prompt ?? SolutionPrompt.ZeroShot();
    }

    /// <summary>What the strategy is.</summary>
    public static StrategyDescription About { get; } = new("budget-forcing", "Write \"Wait\" where thinking would end too early, end it at a cap, then ask for the answer.", "≤ 2 + ignored", "≤ 2 + ignored", "Muennighoff et al. 2025, arXiv:2501.19393") { Needs = SolverNeeds.ContinuedTurns };

    /// <inheritdoc/>
    public StrategyDescription Description => About;

    /// <inheritdoc/>
    public string Fingerprint => FormattableString.Invariant($"{About.Name}/1|{options.MaxThinkingTokens}|{options.Ignored}|{options.Word}|{options.Temperature}|{prompt.Fingerprint}");

    /// <inheritdoc/>
    public async Task<ReasoningResult> RunAsync(ReasoningContext context, ReasoningRequest request)
    {
        SolverCapabilities.Require(context, About);
        var evidence = new Evidence(About.Name, context, request) { Planned = 1 };
        IReadOnlyList<ChatMessage> messages = prompt.Render(request);
        SampleOptions sampling = prompt.Options(request, options.Temperature) with { ContinueAssistant = true };
        bool capsItself = context.Capabilities(Roles.Solver).ThinkingCap;

        string written = Open;
        long left = options.MaxThinkingTokens;
        for (int ignored = 0; ; ignored++)
        {
            context.Report(new StageStarted(ignored == 0 ? "think" : $"think on {ignored}", 1));
            bool isLast = ignored == options.Ignored;
            if (isLast && capsItself)
                return await AnswerAsync(sampling with { MaxThinkingTokens = (int)left });
            Sample thought = await AskAsync(sampling with { MaxOutputTokens = (int)Math.Min(left, sampling.MaxOutputTokens ?? left), StopSequences = [.. sampling.StopSequences, Close] });
            if (!thought.IsOk)
                return evidence.Conclude(evidence.Add(thought with { Index = 0 }), StopReason.Completed, confidence: null);
            written += thought.Text;
            left -= thought.Usage();
            // At the cap, or where it would not end: its thinking is over.
            if (isLast || left < 1 || thought.Outcome.FinishReason == "length")
                break;
            written += SolutionSteps.AreMarked(written) ? $"{SolutionSteps.Open}{options.Word} " : options.Word;
        }

        written += Close;
        context.Report(new StageStarted("answer", 1));
        return await AnswerAsync(sampling);

        async Task<ReasoningResult> AnswerAsync(SampleOptions how)
        {
            Sample said = await AskAsync(how);
            Sample whole = said.IsOk ? said with { Index = 0, Outcome = said.Outcome with { Text = written + said.Text, LogProbabilities = [] } } : said with { Index = 0 };
            return evidence.Conclude(evidence.Add(whole), StopReason.Completed, confidence: null);
        }

        async Task<Sample> AskAsync(SampleOptions how)
        {
            Sample? reply = null;
            await foreach (Sample sample in context.SampleAsync(Roles.Solver, [.. messages, new ChatMessage(ChatRole.Assistant, written)], how))
                reply = sample;
            return reply!;
        }
    }
}
