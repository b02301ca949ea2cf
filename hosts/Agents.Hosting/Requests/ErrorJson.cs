namespace Agents.Hosting.Requests;

/// <summary>An error as JSON: OpenAI's object, or a problem of RFC 9457.</summary>
public static class ErrorJson
{
    /// <summary><c>{"error":{"message","type","param","code"}}</c>: all four are there, null where there is nothing to say.</summary>
    public static byte[] OpenAI(ApiException error) => Json.Utf8(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", error.Type);
        json.WriteString("param", error.Param);
        json.WriteString("code", error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>A problem document.</summary>
    public static byte[] Problem(ApiException error) => Json.Utf8(json =>
    {
        json.WriteStartObject();
        json.WriteString("title", error.Type);
        json.WriteNumber("status", error.Status);
        json.WriteString("detail", error.Message);
        if (error.Param is { } param)
            json.WriteString("param", param);
        if (error.Code is { } code)
            json.WriteString("code", code);
        json.WriteEndObject();
    });
}
