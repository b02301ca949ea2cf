using Agents.Reasoning;
using Microsoft.OpenApi;
using static Agents.Server.Description.ApiSchema;

namespace Agents.Server.Description;

/// <summary>The endpoints that are described, by method and path. Those for operators and for jobs in detail are in the docs alone.</summary>
internal static class ApiOperations
{
    private static OpenApiSchema Question => Object(
        "A question and how to answer it.",
        "question",
        ("question", Text("The question, whole, in words that stand for themselves.")),
        ("model", Text("The served model, a name of GET /v1/models; not needed where there is only one.")),
        ("expect", OneOf("The kind of answer that is expected.", Enum.GetNames<Agents.Answers.AnswerKind>().Select(n => n.ToLowerInvariant()))),
        ("temperature", Number("How freely to sample, 0 to 2.")),
        ("max_tokens", Whole("The longest reply of one sample, in tokens.")),
        ("seed", Whole("Makes the same request give the same answer, where the model can.")));

    private static OpenApiSchema Candidates => List(
        "The solutions: each an object with its text, its answer, or both.",
        Object("A solution.", "", ("text", Text("The solution in words.")), ("answer", Text("Its final answer.")), ("score", Number("How good it is, 0 to 1, where that is known already."))));

    private static OpenApiSchema Verifier => Text("The verifier, such as llm-judge, arithmetic or self-certainty.");

    private static OpenApiSchema Result => Object(
        "An answer with what speaks for it.",
        "answer confidence stop_reason strategy votes usage",
        ("answer", Text("The answer; null where none could be reached.")),
        ("confidence", Number("How sure the strategy is, 0 to 1; null where its method gives no such number.")),
        ("stop_reason", Text("Why the run ended.")),
        ("strategy", Text("The strategy that ran.")),
        ("failure", Text("Why there is no answer; null with one.")),
        ("votes", List("The answers by their votes, the strongest first.", Object("A vote.", "", ("answer", Text("The answer.")), ("votes", Whole("Samples that state it.")), ("weight", Number("The sum of their weights."))))),
        ("candidates", List("The samples.", Object("A sample.", "", ("index", Whole("Its index.")), ("selected", Flag("Whether it is the one chosen.")), ("answer", Text("The answer it states.")), ("text", Text("Its text."))))),
        ("usage", Object("What it took, over all inner calls.", "", ("model_calls", Whole("Calls.")), ("input_tokens", Whole("Tokens read.")), ("output_tokens", Whole("Tokens written.")), ("cost", Number("Money, by the configured prices; else 0.")))));

    private static OpenApiSchema Status => Object(
        "Where a job stands.",
        "instanceId runtimeStatus",
        ("instanceId", Text("The job.")),
        ("runtimeStatus", OneOf("Its state.", "Pending", "Running", "Completed", "Failed", "Terminated")),
        ("customStatus", Text("Its last progress in words.")),
        ("output", Result));

    /// <summary>The operations.</summary>
    public static IReadOnlyDictionary<(string Method, string Path), ApiOperation> All { get; } = new Dictionary<(string, string), ApiOperation>
    {
        [("POST", "/api/reason")] = new(
            "solve",
            "Answers a question by sampling, voting and verifying",
            "Use this for questions that need careful reasoning: arithmetic, logic, comparisons, anything where a first answer is often wrong. Several solutions are drawn, compared and checked; the answer comes with its votes and a confidence. A run that takes long is answered with 202 and an id: ask getJob then.",
            Question.With("",
                ("strategy", OneOf("The strategy; adaptive-consistency where none is named.", StrategyCatalogue.Descriptions.Select(d => d.Name))),
                ("samples", Whole("How many solutions to draw, for strategies that take a number."))),
            Result),
        [("GET", "/api/reason/{id}")] = new(
            "getJob",
            "Says where a job stands",
            "Use this with the id of a run that was answered with 202, until runtimeStatus is Completed, Failed or Terminated.",
            null,
            Status),
        [("POST", "/api/sample")] = new(
            "sample",
            "Draws solutions of a question, each with its answer",
            "Use this to see different solutions of one question without a vote.",
            Question.With("", ("samples", Whole("How many solutions."))),
            Result),
        [("POST", "/api/verify")] = new(
            "verify",
            "Judges given solutions of a question",
            "Use this to check a solution or an answer that is there already. Each candidate gets a verdict of the verifier, a score of 0 to 1 or an abstention.",
            Question.With("candidates verifier", ("candidates", Candidates), ("verifier", Verifier)),
            Result),
        [("POST", "/api/vote")] = new(
            "vote",
            "Counts the votes of given solutions; asks no model",
            "Use this to find the answer that most of several solutions agree on. Answers that mean the same count together.",
            Question.With("candidates", ("candidates", Candidates)),
            Result),
        [("POST", "/api/refine")] = new(
            "refine",
            "Revises a given solution by what a verifier finds in it",
            "Use this to improve a solution that is there already.",
            Question.With("candidates verifier", ("candidates", Candidates), ("verifier", Verifier), ("samples", Whole("The most revisions."))),
            Result),
        [("GET", "/v1/models")] = new(
            "listModels",
            "Lists the models and the strategies over them",
            "A strategy over a model has the id STRATEGY/MODEL.",
            null,
            Object("A list.", "object data", ("object", Text("list")), ("data", List("The models.", Object("A model.", "id", ("id", Text("Its id."))))))),
        [("POST", "/v1/chat/completions")] = new(
            "createChatCompletion",
            "Completes a conversation, as the OpenAI API does",
            "For programs that speak the OpenAI API. The model's id chooses a strategy, such as self-consistency/gpt-x.",
            Object("A conversation.", "model messages",
                ("model", Text("An id of GET /v1/models.")),
                ("messages", List("The conversation.", Object("A message.", "role content", ("role", OneOf("Who says it.", "system", "user", "assistant")), ("content", Text("What is said."))))),
                ("stream", Flag("Whether to answer as a stream of events."))),
            Object("A completion.", "id choices",
                ("id", Text("Its id.")),
                ("choices", List("The replies.", Object("A reply.", "", ("index", Whole("Its rank.")), ("finish_reason", Text("Why it ended.")), ("message", Object("The message.", "", ("role", Text("assistant")), ("content", Text("The text."))))))))),
    };
}
