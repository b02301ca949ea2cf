using System.ComponentModel;
using Agents.Answers;
using Agents.Reasoning.Composition;
using Agents.Reasoning.Strategies;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel;

/// <summary>
/// The functions of the plugin <c>Reasoning</c>: plain methods with descriptions that a model can choose by. Every function takes
/// the <see cref="ReasoningArguments"/> too. Thread-safe.
/// </summary>
public sealed class ReasoningPlugin
{
    private const string QuestionText = "The problem, complete in itself: all numbers, conditions and what is asked. Nothing else is seen.";
    private const string SolutionText = "The solution with its steps, or a final answer alone.";
    private const string VerifierText = "How to judge: llm-judge (a model judges the solution; default), llm-step-judge (a model judges every step), arithmetic (checks written calculations exactly, no model), game24.";

    private readonly ReasoningRunner runner;
    private readonly ReasoningPluginOptions options;
    private readonly RunPlanner planner;
    private readonly StrategyChoice strategies;

    /// <summary>Creates the plugin from a container: this is what importing by type does.</summary>
    /// <param name="services">
    /// Where <see cref="ReasoningServices"/> and <see cref="ReasoningPluginOptions"/> are looked up (<c>AddReasoning</c> registers
    /// them), and by them the chat services. Without them the one chat service that there is plays every role.
    /// </param>
    /// <exception cref="ArgumentException">It is not clear which service is meant; the message names the keys.</exception>
    [ActivatorUtilitiesConstructor]
    public ReasoningPlugin(IServiceProvider services)
        : this(services, services.GetService<ReasoningServices>(), services.GetService<ReasoningPluginOptions>())
    {
    }

    /// <summary>Creates the plugin over services chosen by key.</summary>
    /// <param name="services">Where the chat services are registered, such as <c>kernel.Services</c>.</param>
    /// <param name="keys">Which plays which role; null for the one service that there is.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <exception cref="ArgumentException">It is not clear which service is meant; the message names the keys.</exception>
    public ReasoningPlugin(IServiceProvider services, ReasoningServices? keys, ReasoningPluginOptions? options = null)
        : this((keys ?? ReasoningServices.Default).Resolve(services), options, keys?.SolverKey, services.GetService<ISampleStore>())
    {
    }

    /// <summary>Creates the plugin over a host of the caller's.</summary>
    /// <param name="runner">The host.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    public ReasoningPlugin(ReasoningRunner runner, ReasoningPluginOptions? options = null)
        : this(runner, options, roles: null, solverKey: null)
    {
    }

    private ReasoningPlugin(ReasoningModels models, ReasoningPluginOptions? options, string? solverKey, ISampleStore? samples)
        : this(new ReasoningRunner(models, samples: samples), options, [.. models.Roles.Keys], solverKey)
    {
    }

    private ReasoningPlugin(ReasoningRunner runner, ReasoningPluginOptions? options, IReadOnlyCollection<string>? roles, string? solverKey)
    {
        this.runner = runner;
        this.options = (options ?? new()).Valid();
        planner = new RunPlanner(this.options, roles, solverKey);
        strategies = new StrategyChoice(this.options, planner);
    }

    /// <summary>Solves a problem with a strategy or a workflow document.</summary>
    /// <exception cref="ArgumentException">An argument cannot be used; the message names it and what it may be.</exception>
    [KernelFunction("Solve")]
    [Description("Solves a problem by careful reasoning: several solutions are worked out, compared and checked. Use it for arithmetic, word problems, logic, puzzles and any question where a first guess may be wrong. Returns the answer with its confidence and votes.")]
    [return: Description("The answer, how sure it is (0 to 1), the votes, and why it ended. Without an answer, 'failure' says why.")]
    public async Task<SolutionContent> SolveAsync(
        [Description(QuestionText)] string question,
        [Description("How to reason. Leave it out for the default (adaptive-consistency: votes until sure). zero-shot-cot: one solution, cheapest. self-consistency: a vote over a fixed number. best-of-n, verified-consistency, refine: solutions are judged by a verifier. debate: solvers argue. beam-search, mcts: search over steps, dearest. ListStrategies names all.")] string? strategy = null,
        [Description("The most solutions to draw, such as 8; leave it out for the strategy's own number. Not every strategy takes it.")] int samples = 0,
        [Description("Judges the solutions, for strategies that take a verifier: llm-judge, llm-step-judge, arithmetic, game24.")] string? verifier = null,
        KernelArguments? arguments = null,
        CancellationToken cancellationToken = default) =>
        new(await RunAsync(Planned(question, strategy, samples, verifier, arguments), cancellationToken).ConfigureAwait(false));

    /// <summary>Solves a problem and streams what happens: <c>InvokeStreamingAsync&lt;ReasoningEvent&gt;</c>.</summary>
    /// <exception cref="ArgumentException">An argument cannot be used; the message names it and what it may be.</exception>
    [KernelFunction("SolveStreaming")]
    [Description("For programs that show progress, not for models: the same as Solve, as a stream of events.")]
    public ReasoningStream SolveStreaming(
        [Description(QuestionText)] string question,
        [Description("As for Solve.")] string? strategy = null,
        [Description("As for Solve.")] int samples = 0,
        [Description("As for Solve.")] string? verifier = null,
        KernelArguments? arguments = null,
        CancellationToken cancellationToken = default)
    {
        RunPlan plan = Planned(question, strategy, samples, verifier, arguments);
        return new ReasoningStream((observer, token) => runner.RunAsync(plan.Strategy, plan.Request, plan.Options, observer, token), cancellationToken);
    }

    /// <summary>Judges a solution that is there already.</summary>
    /// <exception cref="ArgumentException">An argument cannot be used; the message names it and what it may be.</exception>
    [KernelFunction("Verify")]
    [Description("Checks a solution or answer that you have: how likely it is right, and why. Use it before relying on a result.")]
    [return: Description("The score from 0 (surely wrong) to 1 (surely right) with its reason; without a score the verifier could not judge.")]
    public async Task<Verdict> VerifyAsync(
        [Description(QuestionText)] string question,
        [Description(SolutionText)] string solution,
        [Description(VerifierText)] string verifier = "llm-judge",
        [Description("An answer or solution known to be right, to compare with; leave it out where there is none.")] string? reference = null,
        KernelArguments? arguments = null,
        CancellationToken cancellationToken = default)
    {
        IVerifier judge = planner.Verifier(NotBlank(verifier, nameof(verifier)));
        IReasoningStrategy strategy = new GivenSolutionStrategy(NotBlank(solution, nameof(solution))).VerifiedBy(judge);
        RunPlan plan = planner.Plan(strategy, Asked(question), arguments);
        ReasoningResult result = await RunAsync(plan with { Request = plan.Request with { Reference = string.IsNullOrWhiteSpace(reference) ? null : reference } }, cancellationToken).ConfigureAwait(false);
        return result.Selected is { Verdicts: [.., var verdict] } ? verdict : Verdict.Abstain(judge.Name, result.Failure ?? "Nothing was judged.");
    }

    /// <summary>Votes on answers that are there already; no model is asked.</summary>
    /// <exception cref="ArgumentException">There is nothing to vote on.</exception>
    [KernelFunction("Vote")]
    [Description("Takes a vote over several answers or solutions to one question: equal answers count together even when written differently (0.5 and 1/2). Needs no model.")]
    [return: Description("The winner, its share, and the votes of every answer.")]
    public static VoteOutcome Vote([Description("The answers, or whole solutions that state one; at least one.")] AnswerList answers)
    {
        if (answers is not { Count: > 0 })
            throw new ArgumentException("The argument 'answers' must be a list with at least one text.", nameof(answers));
        VoteTally votes = VoteTally.Count(answers.Select((text, i) => new Ballot(i, Stated(text))));
        return new VoteOutcome(votes.Leader?.Answer.Text, votes.LeaderShare, [.. votes.Classes.Select(c => new VoteCount(c.Answer.Text, c.Count, c.Voters))], votes.Abstentions);
    }

    /// <summary>Improves a solution that is there already by what a verifier finds in it.</summary>
    /// <exception cref="ArgumentException">An argument cannot be used; the message names it and what it may be.</exception>
    [KernelFunction("Refine")]
    [Description("Improves a draft of a solution: it is checked, rewritten by what was found, and checked again. Keeps the best. Use it when a solution may contain a mistake.")]
    [return: Description("The best solution's answer with its confidence, and why it ended.")]
    public async Task<SolutionContent> RefineAsync(
        [Description(QuestionText)] string question,
        [Description("The draft.")] string solution,
        [Description(VerifierText)] string verifier = "llm-judge",
        [Description("The most versions, the draft included; 2 or more.")] int samples = 4,
        KernelArguments? arguments = null,
        CancellationToken cancellationToken = default)
    {
        strategies.CheckSamples(samples, nameof(samples));
        var strategy = new RefineStrategy(
            new RefineOptions { Draft = new GivenSolutionStrategy(NotBlank(solution, nameof(solution))), Verifier = planner.Verifier(NotBlank(verifier, nameof(verifier))), MaxCandidates = samples },
            options.Prompts);
        return new SolutionContent(await RunAsync(planner.Plan(strategy, Asked(question), arguments), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Takes a problem apart into steps without solving it.</summary>
    /// <exception cref="ArgumentException">An argument cannot be used; the message names it and what it may be.</exception>
    /// <exception cref="ReasoningFailedException">No plan could be reached.</exception>
    [KernelFunction("Plan")]
    [Description("Takes a problem apart into numbered steps without solving it. Use it before work that has several parts.")]
    [return: Description("The steps in order.")]
    public async Task<ReasoningPlan> PlanAsync(
        [Description(QuestionText)] string question,
        [Description("The most steps, 1 to 50.")] int steps = 8,
        KernelArguments? arguments = null,
        CancellationToken cancellationToken = default)
    {
        if (steps is < 1 or > 50)
            throw ArgumentValues.Refused(nameof(steps), "a whole number from 1 to 50", FormattableString.Invariant($"{steps}"));
        PromptTemplate prompt = (options.Prompts ?? PromptCatalogue.Shipped)["Reasoning/Plan"];
        IReadOnlyList<ChatMessage> messages = prompt.Render(Asked(question), ("count", FormattableString.Invariant($"{steps}")));
        RunPlan plan = planner.Plan(new AsAskedStrategy(), messages, arguments);
        SampleOptions sampling = plan.Request.Options with { Temperature = plan.Request.Options.Temperature ?? prompt.Options.Temperature };
        ReasoningResult result = await RunAsync(plan with { Request = plan.Request with { Options = sampling, Extractor = new PlanExtractor(steps) } }, cancellationToken).ConfigureAwait(false);
        return result.Selected is { Answer: not null } reply ? ReasoningPlan.Parse(reply.Sample.Text, steps)! : throw new ReasoningFailedException(result);
    }

    /// <summary>Draws solutions and leaves the choice to the caller.</summary>
    /// <exception cref="ArgumentException">An argument cannot be used; the message names it and what it may be.</exception>
    [KernelFunction("Sample")]
    [Description("Writes several independent solutions of one problem and returns them all, each with the answer it states. Use it to see how answers differ; Solve decides by itself.")]
    [return: Description("The solutions by index; a failed one has an error instead of a text.")]
    public async Task<IReadOnlyList<SampledSolution>> SampleAsync(
        [Description(QuestionText)] string question,
        [Description("How many, 1 or more.")] int samples = 4,
        KernelArguments? arguments = null,
        CancellationToken cancellationToken = default)
    {
        strategies.CheckSamples(samples, nameof(samples));
        var strategy = new RepeatedSamplingStrategy(new RepeatedSamplingOptions { Samples = samples, Prompt = SolutionPrompt.ZeroShot(options.Prompts) });
        ReasoningResult result = await RunAsync(planner.Plan(strategy, Asked(question), arguments), cancellationToken).ConfigureAwait(false);
        return [.. result.Candidates.Select(c => new SampledSolution(c.Index, c.Sample.Text, c.Answer?.Text, c.Sample.Failure?.Message))];
    }

    /// <summary>The strategies there are.</summary>
    [KernelFunction("ListStrategies")]
    [Description("Lists the strategies that Solve can use: each one's idea, what it costs in model calls, and its source.")]
    [return: Description("The strategies.")]
    public static IReadOnlyList<StrategyDescription> ListStrategies() => StrategyCatalogue.Descriptions;

    private RunPlan Planned(string question, string? strategy, int samples, string? verifier, KernelArguments? arguments) =>
        planner.Plan(strategies.Choose(strategy, samples, verifier, arguments), Asked(question), arguments);

    private Task<ReasoningResult> RunAsync(RunPlan plan, CancellationToken cancellationToken) =>
        runner.RunAsync(plan.Strategy, plan.Request, plan.Options, cancellationToken: cancellationToken);

    private static ChatMessage[] Asked(string question) => [new(ChatRole.User, NotBlank(question, nameof(question)))];

    private static string NotBlank(string value, string name) =>
        string.IsNullOrWhiteSpace(value) ? throw new ArgumentException($"The argument '{name}' must not be blank.", name) : value;

    /// <summary>The answer that a text states; a short text that states none is one.</summary>
    private static Answer? Stated(string? text)
    {
        const int LongestAnswer = 200;
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return FinalAnswerExtractor.Default.Extract(new Sample(0, "vote", CallOutcome.FromText(text)), AnswerKind.Any)
            ?? (text.Length <= LongestAnswer && !text.Contains('\n', StringComparison.Ordinal) ? Answer.Parse(text) : null);
    }

    /// <summary>A reply is a plan when it has a numbered step.</summary>
    private sealed class PlanExtractor(int most) : IAnswerExtractor
    {
        public Answer? Extract(Sample sample, AnswerKind expected) =>
            sample.IsOk && ReasoningPlan.Parse(sample.Text, most) is { } plan ? Answer.Parse(plan.ToString(), AnswerKind.Text) : null;
    }
}
