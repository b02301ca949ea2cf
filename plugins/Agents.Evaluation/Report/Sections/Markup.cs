using System.Globalization;
using System.Net;

namespace Agents.Evaluation;

/// <summary>
/// HTML that is safe to write. <see cref="Of"/> escapes every hole of an interpolated string unless it is markup itself:
/// all text in a report comes from models and files, so escaping is the rule and not a habit.
/// </summary>
internal sealed record Markup(string Text)
{
    public static Markup Empty { get; } = new("");

    public static Markup Of(FormattableString html) => new(string.Format(Escaping.Instance, html.Format, html.GetArguments()));

    public static Markup Join(IEnumerable<Markup> parts, string separator = "") => new(string.Join(separator, parts.Select(p => p.Text)));

    public override string ToString() => Text;

    private sealed class Escaping : IFormatProvider, ICustomFormatter
    {
        public static Escaping Instance { get; } = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            null => "",
            Markup markup => markup.Text,
            IFormattable value => WebUtility.HtmlEncode(value.ToString(format, CultureInfo.InvariantCulture)),
            _ => WebUtility.HtmlEncode(arg.ToString() ?? ""),
        };
    }
}
