using System.Text;
using CAManim.Native.Report.Pages;

namespace CAManim.Native.Report;

/// <summary>
/// Writes the page to scrub through the layers: one HTML file that opens from disk and loads nothing.
/// </summary>
/// <remarks>
/// Maps are kept at their own resolution in 8 bits, each over its own range: a value differs from the one given by at most (largest - smallest) / 510.
/// The browser resizes them (bilinear, half-pixel centres, edges clamped) and colours them with the arithmetic of
/// <see cref="Kernels.Frames.FrameKernel"/>, so that a pixel is at most one step of the colour map away from the video's.
/// The page forbids itself any connection by its content security policy.
/// </remarks>
public static class ReportPage
{
    /// <summary>The page as text; the same content gives the same text.</summary>
    /// <param name="content">What it shows.</param>
    /// <exception cref="ArgumentException">There is no map, a map belongs to no call or has a size that is not its values', two calls have one name, the colour map is unknown or alpha is out of range.</exception>
    public static string Render(ReportContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        content.Check();
        return PageAssembly.Build(PageDataBuilder.Build(content));
    }

    /// <summary>Writes the page as a file.</summary>
    /// <param name="path">Where; a file that is there is replaced.</param>
    /// <param name="content">What it shows.</param>
    /// <exception cref="ArgumentException">As <see cref="Render"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReportContent content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        File.WriteAllText(path, Render(content), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }
}
