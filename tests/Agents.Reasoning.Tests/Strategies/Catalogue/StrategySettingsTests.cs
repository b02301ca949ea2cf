namespace Agents.Reasoning.Tests.Strategies;

/// <summary>The table of settings tells the truth: each one that a strategy takes changes what it asks, and its bounds are the strategy's.</summary>
public sealed class StrategySettingsTests
{
    public static TheoryData<string, string> Settings
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (StrategyDescription about in StrategyCatalogue.Descriptions)
            {
                foreach (StrategySetting setting in StrategyCatalogue.SettingsOf(about.Name))
                    all.Add(about.Name, setting.Name);
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Settings))]
    public void EverySetting_ChangesTheFingerprint(string strategy, string name)
    {
        // Exemplars are seen by few-shot prompts alone.
        StrategySettings before = new() { PromptName = name == "exemplars" ? "few-shot" : null };
        StrategySetting setting = StrategyCatalogue.SettingsOf(strategy).Single(s => s.Name == name);
        StrategySettings after = setting.Kind == SettingKind.Verifier
            ? before with { Verifier = new Agents.Reasoning.Verifiers.ArithmeticVerifier() }
            : setting.Apply(before, Other(setting));
        Assert.NotEqual(StrategyCatalogue.Create(strategy, before).Fingerprint, StrategyCatalogue.Create(strategy, after).Fingerprint);
    }

    [Theory, MemberData(nameof(Settings))]
    public void BoundsOfANumber_AreTakenByTheStrategy(string strategy, string name)
    {
        StrategySetting setting = StrategyCatalogue.SettingsOf(strategy).Single(s => s.Name == name);
        if (setting.Kind is not (SettingKind.Integer or SettingKind.Number))
            return;
        foreach (double bound in new[] { setting.IsMinExcluded ? setting.Min!.Value + 1e-6 : setting.Min!.Value, setting.IsMaxExcluded ? setting.Max!.Value - 1e-6 : setting.Max!.Value })
            Assert.NotNull(StrategyCatalogue.Create(strategy, setting.Apply(new(), setting.Kind == SettingKind.Integer ? (object)(int)bound : bound)));
    }

    private static object Other(StrategySetting setting) => setting.Kind switch
    {
        SettingKind.Integer => (int)setting.Min! + 300 - (setting.Max < 301 ? 283 : 0),
        SettingKind.Number => 0.625,
        SettingKind.Choice => setting.Choices[^1],
        SettingKind.Integers => new[] { 3, 5 },
        SettingKind.Role => "writer",
        SettingKind.Roles => new[] { "solver", "writer" },
        _ => new[] { new Agents.Reasoning.Strategies.CascadeStage("solver", 3) },
    };
}
