using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Agents.Search.Running;
using Agents.Search.Work;

namespace Agents.Search.Serialization;

/// <summary>
/// Version 1: <c>{"version":1,"search":…,"seed":"…","told":[{"id":…,"outcome":…}]}</c>, outcomes in order of their ids. The seed is text, because
/// many readers hold numbers as doubles. Written by hand, so that no reflection is needed and equal states have equal bytes.
/// </summary>
internal sealed class SearchStateConverter : JsonConverter<SearchState>
{
    private const int Version = 1;

    public static string Format(SearchState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) WriteState(writer, state);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static SearchState Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using JsonDocument document = JsonDocument.Parse(json);
        return ReadState(document.RootElement);
    }

    public override SearchState Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return ReadState(document.RootElement);
    }

    public override void Write(Utf8JsonWriter writer, SearchState value, JsonSerializerOptions options) => WriteState(writer, value);

    private static void WriteState(Utf8JsonWriter writer, SearchState state)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version", Version);
        writer.WriteString("search", state.Search);
        writer.WriteString("seed", state.Seed.ToString(CultureInfo.InvariantCulture));
        writer.WriteStartArray("told");
        foreach (Told told in Told.All(state.LastTold).OrderBy(told => told.Id))
        {
            writer.WriteStartObject();
            writer.WriteString("id", told.Id.ToString());
            OutcomeJson.Write(writer, told.Outcome);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static SearchState ReadState(JsonElement json)
    {
        int version = OutcomeJson.Required(json, "version", JsonValueKind.Number, "the state").TryGetInt32(out int number) ? number : 0;
        if (version != Version) throw new JsonException($"The state has version {version}; this library reads version {Version}.");
        string search = OutcomeJson.Required(json, "search", JsonValueKind.String, "the state").GetString()!;
        string seedText = OutcomeJson.Required(json, "seed", JsonValueKind.String, "the state").GetString()!;
        if (!ulong.TryParse(seedText, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)) throw new JsonException($"The seed of the state is '{seedText}', not an unsigned integer of 64 bits.");

        Told? last = null;
        var ids = new HashSet<WorkItemId>();
        foreach (JsonElement entry in OutcomeJson.Required(json, "told", JsonValueKind.Array, "the state").EnumerateArray())
        {
            string text = OutcomeJson.Required(entry, "id", JsonValueKind.String, "an outcome").GetString()!;
            WorkItemId id;
            try
            {
                id = WorkItemId.Parse(text);
            }
            catch (FormatException exception)
            {
                throw new JsonException(exception.Message, exception);
            }

            if (!ids.Add(id)) throw new JsonException($"The state holds two outcomes of {id}.");
            last = new Told(id, OutcomeJson.Read(entry, id), last);
        }

        return new SearchState(search, seed, last, null);
    }
}
