using System.Collections.Frozen;
using Agents.Answers.Numbers;

namespace Agents.Answers.Expressions;

/// <summary>The units known by name. Names are compared without case unless a case-sensitive entry exists ("mL", "Mg" are rare; "m" and "M" are not told apart).</summary>
internal static class UnitTable
{
    private static readonly FrozenDictionary<string, Unit> Units = Build();
    private static readonly FrozenDictionary<string, Unit>.AlternateLookup<ReadOnlySpan<char>> BySpan = Units.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Words that stand between or beside units without changing them.</summary>
    private static readonly FrozenSet<string> Fillers = new[] { "a", "an", "the", "of", "in", "about" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static Unit? Find(ReadOnlySpan<char> name)
    {
        if (name.Length is 0 or > 24) return null;
        if (BySpan.TryGetValue(name, out Unit? unit)) return unit;
        return name.Length > 3 && (name[^1] is 's' or 'S') && BySpan.TryGetValue(name[..^1], out unit) ? unit : null;
    }

    public static bool IsFiller(string word) => Fillers.Contains(word);

    /// <summary>Reads a phrase such as "square meters", "km/h", "miles per hour", "m/s^2"; each word has its power.</summary>
    public static Unit ReadPhrase(IReadOnlyList<string> words, IReadOnlyList<int> powers)
    {
        int power = 1;
        Unit? unit = null;
        for (int i = 0; i < words.Count; i++)
        {
            string word = words[i];
            if (word is "square" or "squared" or "sq" or "平方") power = 2;
            else if (word is "cubic" or "cubed" or "cu" or "立方") power = 3;
            else if (word is "per" or "/" && unit is not null && i + 1 < words.Count && Find(words[i + 1]) is { Dimension: { } } per)
            {
                Unit above = unit.Power(power), below = per.Power(powers[i + 1]);
                return new Unit(string.Join(' ', words), $"{above.Dimension}/{below.Dimension}", above.Factor / below.Factor);
            }
            else if (unit is not null && powers[i] < 0 && Find(word) is { Dimension: { } } under) // m s^{-1}
            {
                Unit above = unit.Power(power), below = under.Power(-powers[i]);
                return new Unit(string.Join(' ', words), $"{above.Dimension}/{below.Dimension}", above.Factor / below.Factor);
            }
            else if (unit is null && word == "ms" && powers[i] < 0) return ReadPhrase(["m", "s"], [1, powers[i]]); // metres, since per millisecond is not so written
            else if (unit is null && Find(word) is { } found)
            {
                unit = found;
                if (powers[i] != 1) power = powers[i];
            }
            else if (!IsFiller(word)) return Unit.Described(string.Join(' ', words));
        }

        return unit?.Power(power) ?? Unit.Described(string.Join(' ', words));
    }

    private static FrozenDictionary<string, Unit> Build()
    {
        var units = new Dictionary<string, Unit>(StringComparer.OrdinalIgnoreCase);
        void Add(string dimension, Rational factor, params ReadOnlySpan<string> names)
        {
            var unit = new Unit(names[0], dimension, factor);
            foreach (string name in names) units[name] = unit;
        }

        Add("length", 1, "m", "meter", "metre", "米", "公尺");
        Add("length", Rational.Of(1, 100), "cm", "centimeter", "centimetre", "厘米", "公分");
        Add("length", Rational.Of(1, 1000), "mm", "millimeter", "millimetre", "毫米");
        Add("length", 1000, "km", "kilometer", "kilometre", "千米", "公里");
        Add("length", Rational.Of(254, 10000), "inch", "inches", "in.");
        Add("length", Rational.Of(3048, 10000), "ft", "foot", "feet");
        Add("length", Rational.Of(9144, 10000), "yd", "yard");
        Add("length", Rational.Of(1609344, 1000), "mi", "mile");
        Add("mass", 1, "kg", "kilogram", "千克", "公斤");
        Add("mass", Rational.Of(1, 1000), "g", "gram", "克");
        Add("mass", Rational.Of(1, 1000000), "mg", "milligram", "毫克");
        Add("mass", 1000, "tonne", "吨");
        Add("mass", Rational.Of(45359237, 100000000), "lb", "lbs", "pound");
        Add("mass", Rational.Of(45359237, 1600000000), "oz", "ounce");
        Add("time", 1, "s", "sec", "second", "秒");
        Add("time", 60, "min", "mins", "minute", "分钟");
        Add("time", 3600, "h", "hr", "hour", "小时");
        Add("time", 86400, "day", "天");
        Add("time", 604800, "week", "wk", "周");
        Add("months", 1, "month");
        Add("months", 12, "year", "yr", "年");
        Add("volume", 1, "L", "liter", "litre", "升");
        Add("volume", Rational.Of(1, 1000), "mL", "milliliter", "millilitre", "毫升");
        Add("volume", Rational.Of(3785411784, 1000000000), "gallon", "gal");
        Add("USD", 1, "$", "dollar", "usd", "US$", "buck");
        Add("USD", Rational.Of(1, 100), "cent", "¢");
        Add("EUR", 1, "€", "euro", "eur");
        Add("GBP", 1, "£", "gbp");
        Add("CNY", 1, "yuan", "rmb", "cny", "元");
        Add("JPY", 1, "yen", "jpy");
        units["pound"] = units["pounds"] = units["pound"] with { Also = units["£"] };
        units["¥"] = new Unit("¥", "CNY", 1, units["yen"]);
        Add("INR", 1, "₹", "rupee", "inr");
        Add("power", 1, "W", "watt");
        Add("power", 1000, "kW", "kilowatt");
        Add("energy", 1, "J", "joule");
        Add("energy", 1000, "kJ", "kilojoule");
        Add("force", 1, "N", "newton");
        Add("voltage", 1, "V", "volt");
        Add("current", 1, "A", "amp", "ampere");
        Add("resistance", 1, "Ω", "ohm");
        Add("frequency", 1, "Hz", "hertz");
        Add("pressure", 1, "Pa", "pascal");
        Add("amount", 1, "mol", "mole");
        Add("length", Rational.Of(1, 1000000), "μm", "micrometer", "micron");
        Add("length", Rational.Of(1, 1000000000), "nm", "nanometer");
        Add("time", Rational.Of(1, 1000), "ms", "millisecond");
        units["C"] = Unit.Described("C"); // coulombs or degrees Celsius
        units["mph"] = new Unit("mph", "length/time", Rational.Of(1609344, 3600000));
        units["kph"] = units["km/h"] = units["kmh"] = new Unit("km/h", "length/time", Rational.Of(1000, 3600));
        units["mpg"] = new Unit("mpg", "length/volume", units["mile"].Factor / units["gallon"].Factor);
        foreach (string percent in (string[])["%", "percent", "percentage", "pct", "per cent", "％"]) units[percent] = Unit.Percent;
        foreach (string degree in (string[])["°", "degree", "deg", "度"]) units[degree] = Unit.Degree;
        return units.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
