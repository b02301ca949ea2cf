namespace Agents.Evaluation;

/// <summary>So many samples of a model, and a vote.</summary>
/// <param name="Model">The model.</param>
/// <param name="Samples">Samples a question, k.</param>
/// <param name="Accuracy">vote@k over the questions, without bias.</param>
/// <param name="Interval">Its bootstrap 95 % interval over questions.</param>
/// <param name="Cost">Money for 1,000 questions.</param>
/// <param name="Tokens">Tokens a question, input and output.</param>
public sealed record SamplePlan(string Model, int Samples, double Accuracy, Interval Interval, double Cost, double Tokens);
