using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Agents.Server.Channels;

/// <summary>What a channel takes to be served.</summary>
internal static class ChannelServices
{
    /// <summary>Adds the channel where one is configured.</summary>
    /// <exception cref="ServerOptionsException">The agent's secret is missing.</exception>
    public static void AddChannel(this IServiceCollection services, ChannelOptions? options, Func<string, string?>? environment)
    {
        if (options is null)
            return;
        string? secret = (environment ?? Environment.GetEnvironmentVariable)(ChannelOptions.SecretVariable);
        if (options.AppId is not null && string.IsNullOrEmpty(secret))
            throw new ServerOptionsException($"Agents:Channel:AppId is set, but not the environment variable {ChannelOptions.SecretVariable}, the client secret of that application.");
        services.AddSingleton(options);
        services.AddSingleton<Conversations>();
        services.AddSingleton<ChannelTurns>();
        services.AddHostedService(provider => provider.GetRequiredService<ChannelTurns>());
        services.AddSingleton<AnswerTurn>();
        services.AddSingleton<Dialogue>();
        services.AddSingleton<ChannelHttp>();
        services.AddSingleton<IReadOnlyList<TokenIssuer>>(provider => TokenIssuer.Of(options, provider.GetRequiredService<ChannelHttp>().Client, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ChannelGate>();
        if (options.AppId is not null)
            services.AddSingleton(provider => new ChannelCredential(options, secret!, provider.GetRequiredService<ChannelHttp>().Client, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ChannelConnector(
            provider.GetRequiredService<ChannelHttp>().Client,
            provider.GetService<ChannelCredential>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ChannelConnector>>()));
    }

    /// <summary>The client for everything that the channel sends and fetches. It follows no redirects: a bearer goes where it was sent and nowhere else.</summary>
    internal sealed class ChannelHttp : IDisposable
    {
        public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(30),
            MaxResponseContentBufferSize = 1 << 20,
        };

        public void Dispose() => Client.Dispose();
    }
}
