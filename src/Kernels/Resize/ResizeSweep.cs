namespace CAManim.Native.Kernels.Resize;

/// <summary>Goes through the target's rows from top to bottom; a source row is stretched once, and serves all target rows it has a part in.</summary>
internal static unsafe class ResizeSweep
{
    /// <summary>Resizes; where <paramref name="target"/> is null only the extremes are kept.</summary>
    /// <param name="source">[height,width].</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="target">[targetHeight,targetWidth], or null.</param>
    /// <param name="targetHeight">Rows of the target.</param>
    /// <param name="targetWidth">Columns of the target.</param>
    /// <param name="rectify">Whether the source is replaced by max(·, 0) first.</param>
    /// <param name="extremes">16 least and 16 greatest values, used where target is null.</param>
    public static void Run<TVariant>(
        float* source, int height, int width, float* target, int targetHeight, int targetWidth, bool rectify, float* extremes)
        where TVariant : IResizeVariant
    {
        ResizeWorkspace workspace = ResizeWorkspace.OfThread;
        workspace.Columns.Prepare(width, targetWidth);
        workspace.Rows.Prepare(height, targetHeight);
        int padded = ResizeAxis.Pad(targetWidth);
        fixed (int* first = workspace.Columns.First, second = workspace.Columns.Second)
        fixed (float* share = workspace.Columns.Share, rows = workspace.TwoRows(padded))
        {
            float* top = rows;
            float* bottom = rows + padded;
            int topRow = -1;
            int bottomRow = -1;
            for (int y = 0; y < targetHeight; y++)
            {
                int upper = workspace.Rows.First[y];
                int lower = workspace.Rows.Second[y];
                if (topRow != upper && bottomRow == upper)
                {
                    float* swapped = top;
                    top = bottom;
                    bottom = swapped;
                    (topRow, bottomRow) = (bottomRow, topRow);
                }

                if (topRow != upper)
                {
                    TVariant.Horizontal(source + ((nint)upper * width), first, second, share, top, padded, rectify);
                    topRow = upper;
                }

                if (bottomRow != lower)
                {
                    TVariant.Horizontal(source + ((nint)lower * width), first, second, share, bottom, padded, rectify);
                    bottomRow = lower;
                }

                if (target is null)
                {
                    TVariant.VerticalExtrema(top, bottom, workspace.Rows.Share[y], padded, extremes);
                }
                else
                {
                    TVariant.Vertical(top, bottom, workspace.Rows.Share[y], target + ((nint)y * targetWidth), targetWidth);
                }
            }
        }
    }
}
