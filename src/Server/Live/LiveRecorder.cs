using System.Diagnostics;
using CAManim.Native.Encoding;
using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Maps;

namespace CAManim.Native.Server.Live;

/// <summary>Records what is shown as MP4s in a folder of its own, which goes with the server; a file is there when it is whole.</summary>
internal sealed class LiveRecorder : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"camanim-live-{Guid.NewGuid():N}");
    private LiveVideo? _video;
    private string _name = "";
    private long _start;
    private int _number;

    public bool IsRecording => _video is not null;

    /// <summary>Frames of the recording at work, or of the last.</summary>
    public int Frames { get; private set; }

    /// <summary>Name of the last recording that is whole, or null.</summary>
    public string? Finished { get; private set; }

    /// <summary>Begins a recording, or completes it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="InvalidOperationException">It has no frame.</exception>
    public void Switch(bool isOn)
    {
        lock (_lock)
        {
            if (isOn == IsRecording)
            {
                return;
            }

            if (isOn)
            {
                Directory.CreateDirectory(_folder);
                (_name, Frames, Finished) = ($"live-{++_number}.mp4", 0, null);
                _video = new LiveVideo(Path.Combine(_folder, _name));
                _start = Stopwatch.GetTimestamp();
                return;
            }

            using LiveVideo video = _video!;
            _video = null;
            video.Complete();
            Finished = _name;
        }
    }

    /// <summary>Adds the frame at hand.</summary>
    /// <returns>Whether the recording ended by it: the disk is full, or the encoder failed.</returns>
    public bool Add(RgbImage image, LiveFrame frame, ServedModel model, string method, LiveLook look, int shown)
    {
        CamResult result = frame.ToResult();
        VideoOptions options = new()
        {
            ColorMap = look.ColorMap,
            Alpha = look.Alpha,
            ShowImage = true,
            Target = model.Caption(result),
            Probability = ServedModel.Share(result),
            Title = $"{model.Model.Name}, {method}",
        };
        lock (_lock)
        {
            try
            {
                Frames += _video?.Add(image, result.Frames, options, shown, Stopwatch.GetElapsedTime(_start)) == true ? 1 : 0;
                return false;
            }
            catch (Exception error) when (error is LibavException or LibavMissingException or ArgumentException)
            {
                _video?.Dispose();
                _video = null;
                return true;
            }
        }
    }

    /// <summary>The file of a recording that is whole, or null.</summary>
    public string? Find(string name)
    {
        string path = Path.Combine(_folder, Path.GetFileName(name));
        return File.Exists(path) ? path : null;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _video?.Dispose();
            _video = null;
            if (Directory.Exists(_folder))
            {
                Directory.Delete(_folder, recursive: true);
            }
        }
    }
}
