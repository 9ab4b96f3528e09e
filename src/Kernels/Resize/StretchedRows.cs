namespace CAManim.Native.Kernels.Resize;

/// <summary>The two source rows that the present target row lies between, stretched to the target's width; a row that stays is not stretched again.</summary>
/// <param name="source">[height,width].</param>
/// <param name="height">Rows of the source.</param>
/// <param name="width">Columns of the source.</param>
/// <param name="first">Left source column of each target column.</param>
/// <param name="second">Right source column of each target column.</param>
/// <param name="share">Share of the right column.</param>
/// <param name="rows">Room for two rows.</param>
/// <param name="padded">Length of a row.</param>
/// <param name="rectify">Whether the source is replaced by max(·, 0) first.</param>
internal unsafe ref struct StretchedRows<TVariant>(
    float* source, int height, int width, int* first, int* second, float* share, float* rows, int padded, bool rectify)
    where TVariant : IResizeVariant
{
    private int _topRow = -1;
    private int _bottomRow = -1;

    /// <summary>The upper row.</summary>
    public float* Top { get; private set; } = rows;

    /// <summary>The lower row.</summary>
    public float* Bottom { get; private set; } = rows + padded;

    /// <summary>Takes these source rows.</summary>
    public void MoveTo(int upper, int lower)
    {
        if (_topRow != upper && _bottomRow == upper)
        {
            float* top = Top;
            Top = Bottom;
            Bottom = top;
            (_topRow, _bottomRow) = (_bottomRow, _topRow);
        }

        if (_topRow != upper)
        {
            Stretch(upper, Top);
            _topRow = upper;
        }

        if (_bottomRow != lower)
        {
            Stretch(lower, Bottom);
            _bottomRow = lower;
        }
    }

    private readonly void Stretch(int y, float* row) =>
        TVariant.Horizontal(source + ((nint)y * width), width, (nint)(height - y) * width, first, second, share, row, padded, rectify);
}
