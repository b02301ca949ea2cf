using System.Globalization;
using System.Text.Json;
using Agents.Hosting.Requests;
using Agents.Reasoning;
using Agents.Reasoning.Verifiers;

namespace Agents.Hosting.Catalogue;

/// <summary>What there is to choose from, as JSON: for people who list it and for pages that offer it.</summary>
public static class CatalogueJson
{
    /// <summary>
    /// Every strategy: <c>name, idea, calls, critical_path, source, settings[]</c>; a setting has <c>name, type, default, minimum,
    /// maximum, choices, meaning</c>, null where there is none.
    /// </summary>
    public static string Strategies() => Json.Text(json =>
    {
        json.WriteStartArray();
        foreach (StrategyDescription about in StrategyCatalogue.Descriptions)
        {
            json.WriteStartObject();
            json.WriteString("name", about.Name);
            json.WriteString("idea", about.Idea);
            json.WriteString("calls", about.Calls);
            json.WriteString("critical_path", about.CriticalPath);
            json.WriteString("source", about.Source);
            json.WriteStartArray("settings");
            foreach (StrategySetting setting in StrategyCatalogue.SettingsOf(about.Name))
                WriteSetting(json, about.Name, setting);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>Every verifier that needs nothing but its name: <c>name, idea</c>.</summary>
    public static string Verifiers() => Json.Text(json =>
    {
        json.WriteStartArray();
        foreach ((string name, string idea) in VerifierCatalogue.Descriptions)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("idea", idea);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteSetting(Utf8JsonWriter json, string strategy, StrategySetting setting)
    {
        json.WriteStartObject();
        json.WriteString("name", setting.Name);
        json.WriteString("type", setting.Kind.ToString().ToLower(CultureInfo.InvariantCulture));
        json.WriteString("default", StrategyDefaults.Of(strategy, setting));
        json.WriteNumber("minimum", setting.Min);
        json.WriteNumber("maximum", setting.Max);
        if (setting.Choices.Count == 0)
        {
            json.WriteNull("choices");
        }
        else
        {
            json.WriteStartArray("choices");
            foreach (string choice in setting.Choices)
                json.WriteStringValue(choice);
            json.WriteEndArray();
        }

        json.WriteString("meaning", setting.Idea);
        json.WriteEndObject();
    }
}
