using System.Text.Json;
using Agents.Functions.Tests.Host.Protocol;

namespace Agents.Functions.Tests.Host;

/// <summary>Finds the function of an HTTP request by the triggers in the functions' metadata, as a host does.</summary>
internal static class Routes
{
    /// <summary>The HTTP trigger among a function's bindings, or null.</summary>
    public static JsonElement? TriggerOf(RpcFunctionMetadata function) =>
        function.RawBindings.Select(b => JsonElement.Parse(b)).Where(b => b.GetProperty("type").GetString() is "httpTrigger").Select(b => (JsonElement?)b).SingleOrDefault();

    public static (RpcFunctionMetadata Function, Dictionary<string, string> Route) Find(IReadOnlyList<RpcFunctionMetadata> functions, string method, string path)
    {
        foreach (RpcFunctionMetadata function in functions)
        {
            if (TriggerOf(function) is not { } trigger || !trigger.GetProperty("methods").EnumerateArray().Any(m => string.Equals(m.GetString(), method, StringComparison.OrdinalIgnoreCase)))
                continue;
            if (Match($"/api/{trigger.GetProperty("route").GetString()}", path) is { } route)
                return (function, route);
        }

        throw new ArgumentException($"No function answers {method} {path}.");
    }

    private static Dictionary<string, string>? Match(string pattern, string path)
    {
        string[] expected = pattern.Split('/'), given = path.Split('?')[0].Split('/');
        if (expected.Length != given.Length)
            return null;
        var values = new Dictionary<string, string>();
        foreach ((string part, string value) in expected.Zip(given))
        {
            if (part.StartsWith('{'))
                values[part.Trim('{', '}')] = value;
            else if (part != value)
                return null;
        }

        return values;
    }
}
