using System.Security.Cryptography;
using System.Text;

namespace Agents.Server.Channels;

/// <summary>The conversations that are remembered, by channel and id; the longest unused is forgotten first. Thread-safe.</summary>
internal sealed class Conversations(ChannelOptions options, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, Conversation Conversation)>> known = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Key, Conversation Conversation)> byUse = new();

    /// <summary>The conversation of an activity, new where it was not known.</summary>
    public Conversation Of(Activity activity)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{activity.ChannelId}\n{activity.ConversationId}")));
        lock (gate)
        {
            if (known.TryGetValue(key, out LinkedListNode<(string, Conversation Conversation)>? node))
            {
                byUse.Remove(node);
            }
            else
            {
                // Logs name the conversation by a part of its hash: the id itself may tell who takes part.
                node = new((key, new Conversation(new Caller($"conversation {key[..12]}", options.Limits, time), options)));
                known.Add(key, node);
                if (known.Count > options.MaxConversations && byUse.Last is { } oldest)
                {
                    byUse.RemoveLast();
                    known.Remove(oldest.Value.Key);
                }
            }

            byUse.AddFirst(node);
            return node.Value.Conversation;
        }
    }
}
