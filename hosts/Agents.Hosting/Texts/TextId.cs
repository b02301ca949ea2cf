using System.Security.Cryptography;
using System.Text;

namespace Agents.Hosting.Texts;

/// <summary>Names texts by their content.</summary>
public static class TextId
{
    /// <summary>SHA-256 of the text's UTF-8, 64 hexadecimal digits.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Throws unless this is an id: whatever else would be the name of a file or an address.</summary>
    internal static string Checked(string id) =>
        id.Length == 64 && id.All(char.IsAsciiHexDigitLower) ? id : throw new ArgumentException($"'{id}' is no id of a text.", nameof(id));
}
