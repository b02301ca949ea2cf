using System.Globalization;
using System.Text.RegularExpressions;
using Agents.Reasoning.Workflows;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Agents.Hosting.Workflows;

/// <summary>
/// Reads the nodes of a YAML document, with their lines: one document of mappings, lists and single values of the core schema.
/// Anchors, aliases and tags are refused: nothing in a workflow needs them, and they make small documents large.
/// </summary>
public static partial class WorkflowYaml
{
    /// <summary>The nodes of a document.</summary>
    /// <exception cref="WorkflowException">It is too long, nested too deeply, no YAML, or uses what is refused.</exception>
    public static WorkflowNode Read(string yaml)
    {
        if (yaml.Length > WorkflowDocument.MaxLength)
            throw Fault(null, $"The document is longer than {WorkflowDocument.MaxLength} characters.");
        try
        {
            var parser = new Parser(new StringReader(yaml));
            parser.Consume<StreamStart>();
            if (parser.TryConsume<StreamEnd>(out _))
                throw Fault(null, "The document is empty.");
            parser.Consume<DocumentStart>();
            WorkflowNode root = Node(parser, 0);
            parser.Consume<DocumentEnd>();
            if (!parser.TryConsume<StreamEnd>(out _))
                throw Fault(LineOf(parser.Current!), "A file holds one document only.");
            return root;
        }
        catch (YamlException e)
        {
            throw Fault((int)e.Start.Line, $"The document is no YAML that can be read: {e.Message}");
        }
    }

    private static WorkflowNode Node(Parser parser, int depth)
    {
        ParsingEvent next = parser.Current ?? throw Fault(null, "The document ends too early.");
        int line = LineOf(next);
        if (depth > WorkflowDocument.MaxDepth)
            throw Fault(line, $"The document nests more than {WorkflowDocument.MaxDepth} deep.");
        if (next is AnchorAlias || next is NodeEvent { Anchor.IsEmpty: false })
            throw Fault(line, "Anchors and aliases are not accepted: write the part out.");
        if (next is NodeEvent { Tag.IsEmpty: false })
            throw Fault(line, "Tags are not accepted.");
        if (parser.TryConsume<Scalar>(out Scalar? scalar))
            return new WorkflowScalar(Value(scalar), line);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<WorkflowNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Node(parser, depth + 1));
            return new WorkflowSequence(items, line);
        }

        parser.Consume<MappingStart>();
        var members = new List<WorkflowMember>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (parser.Current is not Scalar { Anchor.IsEmpty: true } name)
                throw Fault(LineOf(parser.Current!), "A name must be plain text.");
            parser.MoveNext();
            members.Add(new WorkflowMember(name.Value, Node(parser, depth + 1), LineOf(name)));
        }

        return new WorkflowMapping(members, line);
    }

    /// <summary>A plain value by the core schema; a quoted one is always text.</summary>
    private static object? Value(Scalar scalar)
    {
        if (scalar.Style != ScalarStyle.Plain)
            return scalar.Value;
        return scalar.Value switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            var text when Number().IsMatch(text) => double.Parse(text, CultureInfo.InvariantCulture),
            var text => text,
        };
    }

    private static int LineOf(ParsingEvent at) => (int)at.Start.Line;

    private static WorkflowException Fault(int? line, string message) => new([new WorkflowError("", message, line)]);

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Number();
}
