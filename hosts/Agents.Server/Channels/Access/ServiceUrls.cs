namespace Agents.Server.Channels;

/// <summary>Compares addresses that a channel names for its replies.</summary>
internal static class ServiceUrls
{
    /// <summary>Whether an address is one of those allowed, or under it.</summary>
    public static bool Allow(Uri url, IEnumerable<string> allowed) => url.UserInfo.Length == 0 && allowed.Any(a => IsUnder(url, new Uri(a)));

    /// <summary>Whether two addresses are one, whatever their last slash.</summary>
    public static bool AreEqual(Uri url, string other) =>
        url.UserInfo.Length == 0 && Uri.TryCreate(other, UriKind.Absolute, out Uri? named)
        && string.Equals(url.AbsoluteUri.TrimEnd('/'), named.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal);

    private static bool IsUnder(Uri url, Uri allowed) =>
        url.Scheme == allowed.Scheme && url.Port == allowed.Port && string.Equals(url.IdnHost, allowed.IdnHost, StringComparison.OrdinalIgnoreCase)
        && (url.AbsolutePath.TrimEnd('/') + "/").StartsWith(allowed.AbsolutePath.TrimEnd('/') + "/", StringComparison.Ordinal);
}
