using System.Text.Json;
using Agents.Reasoning.Verifiers;

namespace Agents.Reasoning.Tests.Verifiers;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "1.0", null)]
    [InlineData("""{"type":"integer"}""", "1.5", "\"integer\" was expected, found number")]
    [InlineData("""{"type":["string","null"]}""", "null", null)]
    [InlineData("""{"type":"boolean"}""", "0", "found number")]
    [InlineData("""{"const":1}""", "1.00", null)]
    [InlineData("""{"enum":["a",{"b":[1]}]}""", """{"b":[1]}""", null)]
    [InlineData("""{"enum":["a"]}""", "\"A\"", "not one of")]
    [InlineData("""{"required":["x"]}""", "{}", "'x' is missing")]
    [InlineData("""{"required":["x"]}""", "[]", null)]
    [InlineData("""{"properties":{"a/b":{"properties":{"c":{"minimum":0}}}}}""", """{"a/b":{"c":-1}}""", "/a~1b/c: -1 breaks minimum 0")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":false}""", """{"a":1,"b":2}""", "/b: nothing is allowed here")]
    [InlineData("""{"properties":{"a":true},"additionalProperties":{"type":"string"}}""", """{"a":1,"b":"x"}""", null)]
    [InlineData("""{"minProperties":1}""", "{}", "0 properties break minProperties 1")]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", """["a",1,2]""", null)]
    [InlineData("""{"prefixItems":[{"type":"string"}],"items":{"type":"number"}}""", """["a",1,"b"]""", "/2: ")]
    [InlineData("""{"prefixItems":[true,{"type":"string"}]}""", "[1]", null)]
    [InlineData("""{"maxItems":1}""", "[1,2]", "2 items break maxItems 1")]
    [InlineData("""{"uniqueItems":true}""", "[1,2,1.0]", "/2: stands there twice")]
    [InlineData("""{"uniqueItems":false}""", "[1,1]", null)]
    [InlineData("""{"maxLength":1}""", "\"😀\"", null)]
    [InlineData("""{"minLength":2}""", "\"😀\"", "1 characters break minLength 2")]
    [InlineData("""{"pattern":"^a+$"}""", "\"aab\"", "does not match")]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", null)]
    [InlineData("""{"exclusiveMinimum":0.1}""", "0.1", "breaks exclusiveMinimum")]
    [InlineData("""{"exclusiveMaximum":1}""", "0.99", null)]
    [InlineData("""{"maximum":5}""", "1e400", "breaks maximum")]
    [InlineData("""{"multipleOf":0.01}""", "19.99", null)]
    [InlineData("""{"multipleOf":3}""", "10", "breaks multipleOf 3")]
    [InlineData("""{"allOf":[{"minimum":1},{"maximum":3}]}""", "4", "breaks maximum 3")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":5}]}""", "4", "none of the alternatives")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":2}]}""", "3", "fits 2 of the alternatives")]
    [InlineData("""{"not":{"type":"null"}}""", "null", "fits what it must not")]
    [InlineData("""{"$ref":"#/$defs/tree","$defs":{"tree":{"type":"object","properties":{"left":{"$ref":"#/$defs/tree"}},"required":["v"]}}}""", """{"v":1,"left":{"v":2,"left":{}}}""", "/left/left: 'v' is missing")]
    [InlineData("""{"items":{"$ref":"#"},"type":"array"}""", "[[],[[]]]", null)]
    [InlineData("""{"format":"date","title":"t","description":"d"}""", "1", null)]
    [InlineData("true", "1", null)]
    public void ProblemOf_AValue_IsTheFirstWithItsPlace(string schema, string value, string? problem)
    {
        string? found = JsonSchema.Parse(schema).ProblemOf(JsonDocument.Parse(value).RootElement);
        if (problem is null)
            Assert.Null(found);
        else
            Assert.Contains(problem, found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("3", "# must be an object")]
    [InlineData("""{"properties":{"x":{"patternProperties":{}}}}""", "'patternProperties' at #/properties/x/patternProperties is outside")]
    [InlineData("""{"minimun":3}""", "'minimun'")]
    [InlineData("""{"type":"text"}""", "#/type must be one or several of")]
    [InlineData("""{"minLength":-1}""", "whole number")]
    [InlineData("""{"multipleOf":0}""", "above 0")]
    [InlineData("""{"anyOf":[]}""", "list of schemas")]
    [InlineData("""{"required":[1]}""", "list of names")]
    [InlineData("""{"pattern":"(?=a)"}""", "without look-around")]
    [InlineData("""{"pattern":"("}""", "regular expression")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "not in this document")]
    [InlineData("""{"$ref":"https://example.com/s.json"}""", "not in this document")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""", "without end")]
    [InlineData("""{"properties":{"x":{"$ref":"#/$defs/a"}},"$defs":{"a":{"anyOf":[{"$ref":"#/$defs/b"}]},"b":{"not":{"$ref":"#/$defs/a"}}}}""", "without end")]
    public void Parse_ASchemaOutsideTheSubset_IsRefusedWithThePlace(string schema, string said)
    {
        FormatException refused = Assert.Throws<FormatException>(() => JsonSchema.Parse(schema, "answer.json"));
        Assert.StartsWith("answer.json ", refused.Message, StringComparison.Ordinal);
        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
    }
}
