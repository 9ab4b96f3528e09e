namespace CAManim.Native.Perf.Runs;

/// <summary>Where a frame's time went, in milliseconds.</summary>
/// <param name="Wait">From picture in to the network's begin: the hand-over between threads and the preparation of the input.</param>
/// <param name="Maps">Until the maps were out.</param>
/// <param name="Way">From maps out to the page's script.</param>
/// <param name="Drawing">Until the page's script has drawn all of it.</param>
/// <param name="Screen">Until the browser presented it.</param>
internal readonly record struct ScreenTimes(double Wait, double Maps, double Way, double Drawing, double Screen)
{
    public double Total => Wait + Maps + Way + Drawing + Screen;
}
