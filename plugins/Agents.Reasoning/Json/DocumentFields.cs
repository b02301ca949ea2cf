using System.Text.Json;

namespace Agents.Reasoning;

/// <summary>The fields of a JSON object, each read once; what nobody read is an error, so that a mistyped name is not silently ignored.</summary>
public sealed class DocumentFields
{
    private readonly JsonElement element;
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    /// <summary>The fields of an object.</summary>
    /// <param name="element">The object.</param>
    /// <param name="path">Where it stands, for errors: a JSON path, or a line of a file.</param>
    /// <exception cref="DocumentException">It is no object.</exception>
    public DocumentFields(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new DocumentException(path, $"an object was expected, found {Kind(element)}");
        this.element = element;
        Path = path;
    }

    /// <summary>Where the object stands.</summary>
    public string Path { get; }

    /// <summary>Whether there is such a field that is not null.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A value of any kind, or null.</summary>
    public JsonElement? Value(string name) => Find(name);

    /// <summary>Text that must be there.</summary>
    public string Text(string name) => OptionalText(name) ?? throw new DocumentException(Path, $"\"{name}\" is missing");

    /// <summary>Text, or null.</summary>
    public string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => throw Wrong(name, "text", other),
    };

    /// <summary>Text, or a number as it is written, or null.</summary>
    public string? OptionalScalar(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } value => value.GetRawText(),
        { } other => throw Wrong(name, "text or a number", other),
    };

    /// <summary>A finite number, or <paramref name="missing"/>.</summary>
    public double Number(string name, double missing) => Find(name) switch
    {
        null => missing,
        { ValueKind: JsonValueKind.Number } number when number.TryGetDouble(out double value) && double.IsFinite(value) => value,
        { } other => throw Wrong(name, "a finite number", other),
    };

    /// <summary>A whole number that must be there.</summary>
    public int Whole(string name) => OptionalWhole(name) ?? throw new DocumentException(Path, $"\"{name}\" is missing");

    /// <summary>A whole number, or null.</summary>
    public int? OptionalWhole(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt32(out int value) => value,
        { } other => throw Wrong(name, "a whole number", other),
    };

    /// <summary>A list that must be there.</summary>
    public IReadOnlyList<JsonElement> List(string name) => Find(name) switch
    {
        null => throw new DocumentException(Path, $"\"{name}\" is missing"),
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
        { } other => throw Wrong(name, "a list", other),
    };

    /// <summary>Makes something of a field; what it refuses is an error at the field.</summary>
    public T Try<T>(string name, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException e)
        {
            int parameter = e.Message.IndexOf(" (Parameter '", StringComparison.Ordinal);
            throw new DocumentException($"{Path}.{name}", parameter < 0 ? e.Message : e.Message[..parameter], e);
        }
    }

    /// <summary>Refuses fields that were never asked for.</summary>
    /// <exception cref="DocumentException">There is one; the message names the nearest that there is.</exception>
    public void RefuseOthers()
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!read.Contains(property.Name))
                throw new DocumentException(Path, $"there is no field \"{property.Name}\"{Near(property.Name, read)}");
        }
    }

    /// <summary>The end of an error message: the nearest of the known names, or all of them.</summary>
    public static string Near(string name, IEnumerable<string> known) =>
        NearMatches.Of(name, known) is [var near, ..] ? $"; did you mean '{near}'?" : $". There are: {string.Join(", ", known)}";

    private JsonElement? Find(string name)
    {
        read.Add(name);
        return element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private DocumentException Wrong(string name, string expected, JsonElement found) => new($"{Path}.{name}", $"{expected} was expected, found {Kind(found)}");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
