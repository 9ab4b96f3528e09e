namespace CAManim.Native.Kernels.Resize;

/// <summary>Goes through the target's rows from top to bottom; a source row is stretched once, and serves all target rows it has a part in.</summary>
internal static unsafe class ResizeSweep
{
    /// <summary>Resizes.</summary>
    /// <param name="source">[height,width].</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="target">[targetHeight,targetWidth].</param>
    /// <param name="targetHeight">Rows of the target.</param>
    /// <param name="targetWidth">Columns of the target.</param>
    public static void Run<TVariant>(float* source, int height, int width, float* target, int targetHeight, int targetWidth)
        where TVariant : IResizeVariant
    {
        ResizeWorkspace workspace = ResizeWorkspace.Prepare(height, width, targetHeight, targetWidth);
        int padded = ResizeAxis.Pad(targetWidth);
        fixed (int* first = workspace.Columns.First, second = workspace.Columns.Second)
        fixed (float* share = workspace.Columns.Share, rows = workspace.TwoRows(padded))
        {
            StretchedRows<TVariant> stretched = new(source, height, width, first, second, share, rows, padded, rectify: false);
            for (int y = 0; y < targetHeight; y++)
            {
                stretched.MoveTo(workspace.Rows.First[y], workspace.Rows.Second[y]);
                TVariant.Vertical(stretched.Top, stretched.Bottom, workspace.Rows.Share[y], target + ((nint)y * targetWidth), targetWidth);
            }
        }
    }

    /// <summary>The extremes of what the resize of max(source, 0) gives.</summary>
    /// <param name="source">[height,width].</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="targetHeight">Rows of the target.</param>
    /// <param name="targetWidth">Columns of the target.</param>
    /// <param name="isWhole">Whether every row is computed; needed where the source is not finite.</param>
    /// <param name="extremes">16 least and 16 greatest values, lowered and raised.</param>
    public static void FindExtremes<TVariant>(float* source, int height, int width, int targetHeight, int targetWidth, bool isWhole, float* extremes)
        where TVariant : IResizeVariant
    {
        ResizeWorkspace workspace = ResizeWorkspace.Prepare(height, width, targetHeight, targetWidth);
        int padded = ResizeAxis.Pad(targetWidth);
        RowBounds bounds = workspace.Bounds(height);
        fixed (int* first = workspace.Columns.First, second = workspace.Columns.Second)
        fixed (float* share = workspace.Columns.Share, rows = workspace.TwoRows(padded))
        {
            StretchedRows<TVariant> stretched = new(source, height, width, first, second, share, rows, padded, rectify: true);
            if (!isWhole)
            {
                (int lowest, int highest) = bounds.Read(source, width);
                Add(ref stretched, workspace.Rows, workspace.Rows.Nearest(lowest), padded, extremes);
                Add(ref stretched, workspace.Rows, workspace.Rows.Nearest(highest), padded, extremes);
            }

            (float least, float greatest) = RowBounds.OfLanes(extremes);
            for (int y = 0; y < targetHeight;)
            {
                int end = workspace.Rows.End[y];
                if (!isWhole && !bounds.RunMayExceed(y, least, greatest))
                {
                    y = end;
                    continue;
                }

                for (; y < end; y++)
                {
                    if (isWhole || bounds.MayExceed(y, least, greatest))
                    {
                        Add(ref stretched, workspace.Rows, y, padded, extremes);
                        (least, greatest) = RowBounds.OfLanes(extremes);
                    }
                }
            }
        }
    }

    private static void Add<TVariant>(ref StretchedRows<TVariant> stretched, ResizeAxis axis, int y, int padded, float* extremes)
        where TVariant : IResizeVariant
    {
        stretched.MoveTo(axis.First[y], axis.Second[y]);
        TVariant.VerticalExtrema(stretched.Top, stretched.Bottom, axis.Share[y], padded, extremes);
    }
}
