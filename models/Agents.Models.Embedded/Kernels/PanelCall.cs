namespace Agents.Models.Embedded;

/// <summary>What a kernel multiplies: rows of x by panels of 64 outputs, into rows of y.</summary>
internal readonly unsafe struct PanelCall(byte* panels, float* scales, int inputs, int panelCount, float* x, int xStride, int rows, float* y, int yStride)
{
    public readonly byte* Panels = panels;
    public readonly float* Scales = scales;
    public readonly int Inputs = inputs;
    public readonly int PanelCount = panelCount;
    public readonly float* X = x;
    public readonly int XStride = xStride;
    public readonly int Rows = rows;
    public readonly float* Y = y;
    public readonly int YStride = yStride;
}
