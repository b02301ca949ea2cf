using System.Collections.Frozen;

namespace Agents.Answers.Expressions;

/// <summary>The LaTeX commands and plain names the lexer knows, by role.</summary>
internal static class LatexCommands
{
    /// <summary>Commands that stand for one operator, relation or bracket character.</summary>
    public static readonly FrozenDictionary<string, char> Characters = new Dictionary<string, char>
    {
        ["cdot"] = '*', ["times"] = '*', ["ast"] = '*', ["bullet"] = '*', ["div"] = '/', ["slash"] = '/',
        ["le"] = '≤', ["leq"] = '≤', ["leqslant"] = '≤', ["ge"] = '≥', ["geq"] = '≥', ["geqslant"] = '≥',
        ["lt"] = '<', ["gt"] = '>', ["ne"] = '≠', ["neq"] = '≠', ["pm"] = '±', ["mp"] = '∓',
        ["cup"] = '∪', ["bigcup"] = '∪', ["cap"] = '∩', ["in"] = '∈', ["notin"] = '∉', ["setminus"] = '∖', ["backslash"] = '∖', ["smallsetminus"] = '∖',
        ["approx"] = '≈', ["simeq"] = '≈', ["thickapprox"] = '≈', ["doteq"] = '≈', ["equiv"] = '≡',
        ["to"] = '⇒', ["rightarrow"] = '⇒', ["Rightarrow"] = '⇒', ["implies"] = '⇒', ["longrightarrow"] = '⇒', ["mapsto"] = '⇒',
        ["Leftrightarrow"] = '⇔', ["iff"] = '⇔', ["subset"] = '⊂', ["subseteq"] = '⊆', ["colon"] = ':', ["mid"] = '|', ["vert"] = '|', ["lvert"] = '|', ["rvert"] = '|',
        ["lVert"] = '‖', ["rVert"] = '‖', ["Vert"] = '‖', ["langle"] = '⟨', ["rangle"] = '⟩', ["lfloor"] = '⌊', ["rfloor"] = '⌋', ["lceil"] = '⌈', ["rceil"] = '⌉',
        ["lbrace"] = '{', ["rbrace"] = '}', ["lbrack"] = '[', ["rbrack"] = ']', ["lparen"] = '(', ["rparen"] = ')',
        ["infty"] = '∞', ["infin"] = '∞', ["pi"] = 'π', ["circ"] = '°', ["degree"] = '°', ["deg"] = '°', ["prime"] = '\'', ["percent"] = '%', ["over"] = '⟋', ["choose"] = '⟌',
        ["emptyset"] = '∅', ["varnothing"] = '∅', ["ldots"] = '…', ["dots"] = '…', ["cdots"] = '…', ["dotsc"] = '…', ["dotsm"] = '…', ["angle"] = '∠', ["triangle"] = '△',
        ["parallel"] = '∥', ["perp"] = '⊥', ["land"] = '∧', ["wedge"] = '∧', ["lor"] = '∨', ["vee"] = '∨', ["pounds"] = '£', ["euro"] = '€', ["yen"] = '¥',
    }.ToFrozenDictionary();

    /// <summary>Commands that change only how things look; those of <see cref="WithArgument"/> take a braced argument to skip as well.</summary>
    public static readonly FrozenSet<string> Ignored = new[]
    {
        "left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "middle", "quad", "qquad", "displaystyle", "textstyle", "scriptstyle",
        "limits", "nolimits", "hfill", "thinspace", "enspace", "space", "medspace", "negthinspace", "mathbf", "mathit", "mathsf", "mathcal", "mathfrak", "mathscr", "boldsymbol", "bm", "bf", "rm", "it",
        "vec", "overline", "bar", "hat", "widehat", "tilde", "overrightarrow", "underline", "boxed", "fbox", "nonumber", "hline", "noindent", "ensuremath", "large", "Large", "displaylines", "strut", "mathop", "mathord", "cancel", "overbrace", "smash", "mathstrut", "rlap", "llap", "scriptscriptstyle", "normalsize", "small", "underbrace",
    }.ToFrozenSet();

    public static readonly FrozenSet<string> WithArgument = new[] { "hspace", "vspace", "label", "tag", "phantom", "hphantom", "vphantom", "color", "kern" }.ToFrozenSet();

    /// <summary>Commands whose braced argument is text.</summary>
    public static readonly FrozenSet<string> Text = new[]
    {
        "text", "textbf", "textit", "textrm", "textsf", "texttt", "textnormal", "mbox", "hbox", "mathrm", "operatorname", "emph", "mathtt", "textsc", "mathbb",
    }.ToFrozenSet();

    public static readonly FrozenSet<string> Functions = new[]
    {
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "asin", "acos", "atan", "arccot", "arcsec", "arccsc", "sinh", "cosh", "tanh", "coth", "arcsinh", "arccosh", "arctanh", "asinh", "acosh", "atanh",
        "log", "ln", "lg", "exp", "min", "max", "gcd", "lcm", "det", "abs", "floor", "ceil", "sgn", "sign", "arg", "dim", "deg", "Re", "Im", "tg", "ctg", "arctg", "Pr",
    }.ToFrozenSet();

    public static readonly FrozenSet<string> BigOperators = new[] { "sum", "prod", "int", "iint", "oint", "lim", "limsup", "liminf", "sup", "inf" }.ToFrozenSet();

    public static readonly FrozenSet<string> Greek = new[]
    {
        "alpha", "beta", "gamma", "delta", "epsilon", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho", "varrho", "sigma", "tau", "upsilon", "phi", "varphi", "chi", "psi", "omega",
        "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega", "ell", "hbar", "nabla", "partial", "imath", "aleph", "Re", "Im",
    }.ToFrozenSet();

    /// <summary>Greek letters as Unicode has them, by the names of their commands.</summary>
    public static readonly FrozenDictionary<char, string> GreekLetters = new Dictionary<char, string>
    {
        ['α'] = "alpha", ['β'] = "beta", ['γ'] = "gamma", ['δ'] = "delta", ['ε'] = "epsilon", ['ϵ'] = "epsilon", ['ζ'] = "zeta", ['η'] = "eta", ['θ'] = "theta", ['ϑ'] = "theta", ['ι'] = "iota", ['κ'] = "kappa", ['λ'] = "lambda", ['μ'] = "mu", ['ν'] = "nu",
        ['ξ'] = "xi", ['ρ'] = "rho", ['σ'] = "sigma", ['ς'] = "sigma", ['τ'] = "tau", ['υ'] = "upsilon", ['φ'] = "phi", ['ϕ'] = "phi", ['χ'] = "chi", ['ψ'] = "psi", ['ω'] = "omega",
        ['Γ'] = "Gamma", ['Δ'] = "Delta", ['Θ'] = "Theta", ['Λ'] = "Lambda", ['Ξ'] = "Xi", ['Π'] = "Pi", ['Σ'] = "Sigma", ['Υ'] = "Upsilon", ['Φ'] = "Phi", ['Ψ'] = "Psi", ['Ω'] = "Omega",
    }.ToFrozenDictionary();

    public static readonly FrozenSet<string> MatrixEnvironments = new[]
    {
        "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "smallmatrix", "cases", "array", "align", "align*", "aligned", "gathered", "gather", "gather*", "split", "equation", "equation*", "tabular",
    }.ToFrozenSet();

    /// <summary>Short words of prose that never are products of variables.</summary>
    public static readonly FrozenSet<string> ShortWords = new[]
    {
        "the", "is", "are", "was", "not", "for", "all", "no", "yes", "of", "to", "by", "on", "at", "it", "if", "we", "so", "has", "its", "but", "as", "an", "per", "any", "one", "two", "six", "ten", "day", "may", "mod", "non", "odd", "in", "out", "be", "he", "she", "his", "her", "they", "none", "only",
    }.ToFrozenSet();

    public static bool IsKnown(string name) =>
        name is "frac" or "dfrac" or "tfrac" or "cfrac" or "sqrt" or "binom" or "dbinom" or "tbinom" or "begin" or "end" or "boxed"
        || Characters.ContainsKey(name) || Ignored.Contains(name) || Text.Contains(name) || Functions.Contains(name) || Greek.Contains(name) || BigOperators.Contains(name) || WithArgument.Contains(name);
}
