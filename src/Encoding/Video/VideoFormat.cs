using CAManim.Native.Kernels.Frames;

namespace CAManim.Native.Encoding;

/// <summary>A kind of video file: container, encoders in the order they are tried, layout of the pixels.</summary>
internal sealed record VideoFormat(string Extension, string Muxer, FrameFormat Pixels, bool IsIndexed, (string Key, string Value)[] MuxerOptions, VideoEncoderChoice[] Encoders)
{
    private static readonly (string, string)[] Bt709Tags =
    [
        ("colorspace", "bt709"),
        ("color_primaries", "bt709"),
        ("color_trc", "bt709"),
        ("color_range", "tv"),
    ];

    /// <summary>H.264 that plays everywhere: 4:2:0, the index in front. Bit rates are for encoders that have no constant quality.</summary>
    /// <remarks>
    /// x264, 175 frames of 532x358 on two cores of an EPYC (Zen 4), processor time, size, mean PSNR of the decoded RGB: ultrafast crf 17 0.27 s, 2.6 MB, 41.5 dB;
    /// superfast crf 16 0.38 s, 1.7 MB, 41.1 dB; veryfast crf 16 about 0.5 s, 1.2 MB, 40.7 dB. In the 4:2:0 planes themselves it is 50 dB: the rest is 4:2:0's own loss.
    /// </remarks>
    public static VideoFormat Mp4 { get; } = new(
        ".mp4",
        "mp4",
        FrameFormat.Yuv420,
        IsIndexed: false,
        [("movflags", "+faststart")],
        [
            new("libx264", "yuv420p", [("preset", "ultrafast"), ("crf", "17"), ("threads", "auto"), ("chroma_sample_location", "center"), .. Bt709Tags]),
            new("h264_nvenc", "yuv420p", [("rc", "constqp"), ("qp", "18"), .. Bt709Tags]) { IsOnCard = true },
            new("h264_videotoolbox", "yuv420p", [("b", "8000000"), .. Bt709Tags]),
            new("h264_mf", "yuv420p", [("b", "8000000"), .. Bt709Tags]),
            new("libopenh264", "yuv420p", [("b", "8000000"), .. Bt709Tags]),
            new("h264_v4l2m2m", "yuv420p", [("b", "8000000"), .. Bt709Tags]),
        ]);

    /// <summary>VP9.</summary>
    public static VideoFormat WebM { get; } = new(
        ".webm",
        "webm",
        FrameFormat.Yuv420,
        IsIndexed: false,
        [],
        [
            new("libvpx-vp9", "yuv420p", [("deadline", "realtime"), ("cpu-used", "7"), ("row-mt", "1"), ("crf", "17"), ("b", "0"), ("lag-in-frames", "0"), ("threads", "4"), .. Bt709Tags]),
        ]);

    /// <summary>256 colours of one palette, endless loop.</summary>
    public static VideoFormat Gif { get; } = new(".gif", "gif", FrameFormat.Rgb24, IsIndexed: true, [("loop", "0")], [new("gif", "pal8")]) { LargestRate = 100 };

    /// <summary>FFV1 in RGB: lossless, the composed pixels exactly.</summary>
    public static VideoFormat Mkv { get; } = new(
        ".mkv",
        "matroska",
        FrameFormat.Bgr0,
        IsIndexed: false,
        [],
        [new("ffv1", "bgr0", [("level", "3"), ("slices", "4"), ("threads", "auto")])]);

    /// <summary>The most frames a second that the container can tell apart: GIF counts in hundredths of a second.</summary>
    public double LargestRate { get; init; } = 1000;

    /// <summary>All kinds.</summary>
    public static VideoFormat[] All { get; } = [Mp4, WebM, Gif, Mkv];

    /// <summary>The kind that a path's extension names.</summary>
    /// <exception cref="ArgumentException">It names none.</exception>
    public static VideoFormat Of(string path)
    {
        string extension = Path.GetExtension(path);
        return All.FirstOrDefault(f => f.Extension.Equals(extension, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"\"{path}\" does not name a kind of video. Use an ending of {string.Join(", ", All.Select(f => f.Extension))}.", nameof(path));
    }

    /// <exception cref="ArgumentException">The kind cannot hold so many frames a second.</exception>
    public void CheckRate(double framesPerSecond)
    {
        if (framesPerSecond > LargestRate)
        {
            throw new ArgumentException($"{framesPerSecond} frames a second were asked for; {Extension} can hold at most {LargestRate}. Choose fewer, or another ending.");
        }
    }

    /// <summary>Why frames of a card are not encoded there, as a sentence, or null where they can be.</summary>
    public string? FindCardProblem()
    {
        if (Array.Find(Encoders, e => e.IsOnCard) is not { } encoder)
        {
            return $"Frames are encoded by the processor: no encoder of a card writes {Extension}.";
        }

        return Interop.EncoderProbe.FindProblem(encoder) is { } problem ? $"Frames are encoded by the processor: {problem}" : null;
    }

    /// <summary>The first encoder that works here.</summary>
    /// <param name="prefersCard">Whether a card's encoder is tried first; most programs have better uses for the processor then.</param>
    /// <exception cref="LibavMissingException">libav is missing.</exception>
    /// <exception cref="LibavException">None works; the message has the reason of each.</exception>
    public VideoEncoderChoice ChooseEncoder(bool prefersCard = false)
    {
        Libav.Require();
        return Encoders.OrderByDescending(e => prefersCard && e.IsOnCard).FirstOrDefault(e => Interop.EncoderProbe.FindProblem(e) is null)
            ?? throw new LibavException(
                $"No encoder for {Extension} works with this libav: {string.Join(" ", Encoders.Select(Interop.EncoderProbe.FindProblem))} "
                + $"Install an FFmpeg that has one of {string.Join(", ", Encoders.Select(e => e.Name))}, or choose another ending ({string.Join(", ", All.Where(f => f != this).Select(f => f.Extension))}).");
    }
}
