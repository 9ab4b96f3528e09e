namespace CAManim.Native.Report.Pages;

/// <summary>What the page's scripts read. See <c>report-data.js</c>.</summary>
/// <param name="Format">Rises when a field changes its meaning.</param>
/// <param name="Model">Name of the network.</param>
/// <param name="ColourMap">The colour map to open with.</param>
/// <param name="Alpha">Share of the colours to open with.</param>
/// <param name="Picture">The picture under the maps.</param>
/// <param name="ColourMaps">All colour maps.</param>
/// <param name="Calls">All calls in frame order.</param>
/// <param name="Timeline">For every frame the index of its call.</param>
/// <param name="Stages">Frames that belong together.</param>
/// <param name="Columns">Maps; every column has an entry a frame.</param>
/// <param name="Prediction">The network's classes with their scores, or null.</param>
/// <param name="Warnings">Sentences.</param>
/// <param name="About">Names and values.</param>
internal sealed record PageData(
    int Format,
    string Model,
    string ColourMap,
    float Alpha,
    PicturePart Picture,
    IReadOnlyList<ColourMapPart> ColourMaps,
    IReadOnlyList<CallPart> Calls,
    IReadOnlyList<int> Timeline,
    IReadOnlyList<StagePart> Stages,
    IReadOnlyList<ColumnPart> Columns,
    string? Prediction,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string[]> About);
