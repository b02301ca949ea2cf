using System.Globalization;
using Agents.Reasoning;
using Agents.Testing;

namespace Agents.Distillation.Tests.StepLabels;

/// <summary>A world in which adding one is all there is: a solution counts up to its length, and a model that completes one never errs again.</summary>
internal static class Walk
{
    /// <summary>A solution of so many steps whose step at <paramref name="error"/>, from 0, adds wrongly; −1 for none.</summary>
    public static string Solution(int steps, int error)
    {
        int value = 0;
        var text = new System.Text.StringBuilder("<think>");
        for (int i = 0; i < steps; i++)
        {
            int next = value + (i == error ? 2 : 1);
            text.Append(CultureInfo.InvariantCulture, $"<step>{value}+1={next}</step>");
            value = next;
        }

        return text.Append(CultureInfo.InvariantCulture, $"</think><answer>{value}</answer>").ToString();
    }

    /// <summary>A model that goes on from where a solution stands, adding one until so many steps are written.</summary>
    public static ScriptedSampler Model(int steps, List<string>? asked = null) => new(call =>
    {
        string prefix = call.Messages[^1].Text;
        asked?.Add(prefix);
        int written = prefix.Split("</step>").Length - 1;
        int at = prefix.LastIndexOf('=');
        int value = at < 0 ? 0 : int.Parse(prefix[(at + 1)..prefix.IndexOf('<', at)], CultureInfo.InvariantCulture);
        var text = new System.Text.StringBuilder();
        for (; written < steps; written++)
            text.Append(CultureInfo.InvariantCulture, $"<step>{value}+1={++value}</step>");
        return CallOutcome.FromText(text.Append(CultureInfo.InvariantCulture, $"</think><answer>{value}</answer>").ToString());
    })
    { Capabilities = new SamplerCapabilities { ContinueAssistant = true, MaxSamplesPerRequest = 8 } };
}
