using System.Text.RegularExpressions;
using Agents.Testing;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests;

/// <summary>Models with known words, and kernels over them.</summary>
internal static partial class Scripted
{
    public const string Question = "What is six times seven?";

    /// <summary>Always solves, always right.</summary>
    public static ScriptedChatClient Solver(string answer = "42") => new(_ => $"6 * 7 = {answer}. <answer>{answer}</answer>");

    /// <summary>Says yes or no where it is asked for a verdict, and fails where it is asked for anything else.</summary>
    public static ScriptedChatClient Judge(bool accepts = true) => new(messages =>
        Verdict().Match(messages[^1].Text) is { Success: true } asked
            ? $"Checked. Verdict {asked.Groups[1].Value}: {(accepts ? "yes" : "no")}"
            : throw new InvalidOperationException("The judge was asked to do something else than to judge."));

    public static Kernel KernelOver(ScriptedChatClient solver)
    {
        var kernel = new Kernel();
        kernel.ImportReasoningPlugin(solver);
        return kernel;
    }

    [GeneratedRegex(@"Verdict (\S+): X")]
    private static partial Regex Verdict();
}
