using System.Numerics;

namespace Agents.Answers.Algebra;

/// <summary>The named functions in complex double precision.</summary>
internal static class NumericFunctions
{
    /// <summary>The value, or null when the name is no known function of that many arguments.</summary>
    public static Complex? Evaluate(string name, Complex x, Complex? y) => y is { } second ? Binary(name, x, second) : Unary(name, x);

    private static Complex? Unary(string name, Complex x) => name switch
    {
        "sin" => Complex.Sin(x),
        "cos" => Complex.Cos(x),
        "tan" => Complex.Tan(x),
        "cot" => Complex.One / Complex.Tan(x),
        "sec" => Complex.One / Complex.Cos(x),
        "csc" => Complex.One / Complex.Sin(x),
        "arcsin" => Complex.Asin(x),
        "arccos" => Complex.Acos(x),
        "arctan" => Complex.Atan(x),
        "arccot" => Complex.Atan(Complex.One / x),
        "arcsec" => Complex.Acos(Complex.One / x),
        "arccsc" => Complex.Asin(Complex.One / x),
        "sinh" => Complex.Sinh(x),
        "cosh" => Complex.Cosh(x),
        "tanh" => Complex.Tanh(x),
        "coth" => Complex.One / Complex.Tanh(x),
        "arcsinh" => Complex.Log(x + Complex.Sqrt((x * x) + 1)),
        "arccosh" => Complex.Log(x + (Complex.Sqrt(x + 1) * Complex.Sqrt(x - 1))),
        "arctanh" => Complex.Log((1 + x) / (1 - x)) / 2,
        "ln" or "log" => Complex.Log(x),
        "exp" => Complex.Exp(x),
        "abs" => Complex.Abs(x),
        "floor" when x.Imaginary == 0 => Math.Floor(x.Real),
        "ceil" when x.Imaginary == 0 => Math.Ceiling(x.Real),
        "sgn" when x.Imaginary == 0 => Math.Sign(double.IsNaN(x.Real) ? 0 : x.Real),
        "Re" => x.Real,
        "Im" => x.Imaginary,
        "!" when x.Imaginary == 0 && x.Real is >= 0 and <= 170 && x.Real == Math.Floor(x.Real) => Factorial((int)x.Real),
        "!" when x.Imaginary == 0 && x.Real is > -20 and < 20 && x.Real != Math.Floor(x.Real) => Gamma(x.Real + 1),
        _ => null,
    };

    private static Complex? Binary(string name, Complex x, Complex y) => name switch
    {
        "log" => Complex.Log(x) / Complex.Log(y),
        "ratio" => x / y,
        "min" when x.Imaginary == 0 && y.Imaginary == 0 => Math.Min(x.Real, y.Real),
        "max" when x.Imaginary == 0 && y.Imaginary == 0 => Math.Max(x.Real, y.Real),
        "binom" or "C" when y.Imaginary == 0 && y.Real is >= 0 and <= 20 && y.Real == Math.Floor(y.Real) => FallingBinomial(x, (int)y.Real),
        "binom" or "C" when x.Imaginary == 0 && y.Imaginary == 0 && x.Real is > 0 and < 20 && y.Real is > 0 and < 20 && x.Real - y.Real > -0.99 => Gamma(x.Real + 1) / (Gamma(y.Real + 1) * Gamma(x.Real - y.Real + 1)),
        _ => null,
    };

    /// <summary>x(x − 1)…(x − k + 1)/k!.</summary>
    private static Complex FallingBinomial(Complex x, int k)
    {
        Complex product = Complex.One;
        for (int i = 0; i < k; i++) product *= (x - i) / (i + 1);
        return product;
    }

    private static double Factorial(int n)
    {
        double product = 1;
        for (int i = 2; i <= n; i++) product *= i;
        return product;
    }

    /// <summary>Γ by Stirling's series after shifting the argument up to where the series is good to double precision.</summary>
    private static double Gamma(double x)
    {
        double shift = 1;
        while (x < 15)
        {
            shift *= x;
            x++;
        }

        double inverse = 1 / x, square = inverse * inverse;
        double series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square / 1188))))))));
        return Math.Sqrt(2 * Math.PI / x) * Math.Pow(x / Math.E, x) * Math.Exp(series) / shift;
    }
}
