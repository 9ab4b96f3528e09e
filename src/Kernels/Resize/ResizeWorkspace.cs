namespace CAManim.Native.Kernels.Resize;

/// <summary>Tables and rows of one thread; they grow and are used again.</summary>
internal sealed class ResizeWorkspace
{
    [ThreadStatic]
    private static ResizeWorkspace? _ofThread;

    private float[] _rows = [];

    /// <summary>This thread's workspace.</summary>
    public static ResizeWorkspace OfThread => _ofThread ??= new ResizeWorkspace();

    /// <summary>Table of the columns.</summary>
    public ResizeAxis Columns { get; } = new();

    /// <summary>Table of the rows.</summary>
    public ResizeAxis Rows { get; } = new();

    /// <summary>Room for two source rows of the target's width.</summary>
    public float[] TwoRows(int paddedWidth)
    {
        if (_rows.Length < 2 * paddedWidth)
        {
            _rows = new float[2 * paddedWidth];
        }

        return _rows;
    }
}
