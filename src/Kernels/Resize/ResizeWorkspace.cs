namespace CAManim.Native.Kernels.Resize;

/// <summary>Tables and rows of one thread; they grow and are used again.</summary>
internal sealed class ResizeWorkspace
{
    [ThreadStatic]
    private static ResizeWorkspace? _ofThread;

    private float[] _rows = [];
    private float[] _bounds = [];

    /// <summary>This thread's workspace with the tables of these sizes.</summary>
    public static ResizeWorkspace Prepare(int height, int width, int targetHeight, int targetWidth)
    {
        ResizeWorkspace workspace = _ofThread ??= new ResizeWorkspace();
        workspace.Columns.Prepare(width, targetWidth);
        workspace.Rows.Prepare(height, targetHeight);
        return workspace;
    }

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

    /// <summary>Room for the bounds of <paramref name="height"/> source rows.</summary>
    public RowBounds Bounds(int height)
    {
        if (_bounds.Length < 2 * height)
        {
            _bounds = new float[2 * height];
        }

        return new RowBounds(_bounds.AsSpan(0, height), _bounds.AsSpan(height, height), Rows);
    }
}
