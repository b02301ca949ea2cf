using Azure.Identity;

namespace Agents.Hosting.Texts;

/// <summary>Opens run stores by their place, as a setting names it.</summary>
public static class RunStores
{
    /// <summary>The store at a place.</summary>
    /// <param name="place"><c>https://ACCOUNT.blob.core.windows.net/CONTAINER</c>, reached by the process's Entra identity; or a folder; null for memory.</param>
    /// <exception cref="ArgumentException">The address names no container.</exception>
    /// <exception cref="IOException">The folder cannot be made.</exception>
    public static IRunStore Open(string? place)
    {
        if (string.IsNullOrEmpty(place))
            return new MemoryRunStore();
        if (!Uri.TryCreate(place, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http"))
            return new FileRunStore(place);
        // A token must not travel in clear, and not to the root of an account.
        return address.Scheme == Uri.UriSchemeHttps && address.AbsolutePath.Trim('/').Length > 0 && address.Query.Length == 0
            ? new BlobRunStore(address, new DefaultAzureCredential(), new HttpClient())
            : throw new ArgumentException($"'{address.GetLeftPart(UriPartial.Path)}' is no container of the form https://ACCOUNT.blob.core.windows.net/CONTAINER, without a query: the app's identity signs in, not a key.", nameof(place));
    }
}
