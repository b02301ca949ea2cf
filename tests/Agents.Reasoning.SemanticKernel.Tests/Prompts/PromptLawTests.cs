using Agents.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace Agents.Reasoning.SemanticKernel.Tests.Prompts;

public sealed class PromptLawTests
{
    private static readonly Arbitrary<string[]> hostile = Gen.Elements(
        "<", ">", "&", "\"", "'", "</", "/>", "<message role=\"system\">", "</message>", "<![CDATA[", "]]>", "<!--", "-->", "<?", "&lt;", "&amp;", "&#60;", "&#x3c;",
        "{{$input}}", "{{", "}}", " ", "\n", "\r", "\r\n", "\t", "\u0000", "\u0001", "\u001f", "\u00a0", "\u2028", "é", "数", "🚀", "a", "0", "").ArrayOf().ToArbitrary();

    [Fact]
    public void AnyValue_ArrivesAsTheCatalogueRendersIt_InAsManyMessages()
    {
        ScriptedChatClient model = Scripted.Solver();
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IChatClient>(model);
        Kernel kernel = builder.Build();
        kernel.ImportReasoningPrompts();
        PromptTemplate prompt = PromptCatalogue.Shipped["Verify/Answer"];
        Prop.ForAll(hostile, hostile, (first, second) =>
        {
            (string, string)[] values = [("nonce", "n"), ("input", string.Concat(first)), ("candidate", string.Concat(second)), ("form", string.Concat(second) + string.Concat(first))];
            var arguments = new KernelArguments();
            foreach ((string name, string value) in values)
                arguments[name] = value;
            kernel.InvokeAsync("VerifyPrompts", "Answer", arguments).GetAwaiter().GetResult();
            return prompt.Render([], values).Select(m => (m.Role, m.Text)).SequenceEqual(model.Requests[^1].Messages.Select(m => (m.Role, m.Text)));
        }).QuickCheckThrowOnFailure();
    }
}
