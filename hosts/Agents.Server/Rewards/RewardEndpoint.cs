using Agents.Hosting.Rewarding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Agents.Server.Rewards;

/// <summary><c>POST /api/reward</c>: rewards of a batch of completions, for trainers. See <see cref="RewardBatch"/>.</summary>
internal static class RewardEndpoint
{
    /// <summary>Maps the endpoint.</summary>
    public static void MapRewards(this IEndpointRouteBuilder routes) => routes.MapPost("/api/reward", (Delegate)PostAsync);

    private static async Task<IResult> PostAsync(HttpContext context)
    {
        RequestBody body = await context.ReadBodyAsync();
        using Caller.Place place = context.Caller().Enter();
        return Results.Bytes(await RewardBatch.Read(body.Root).ScoreAsync(context.RequestAborted), "application/json");
    }
}
