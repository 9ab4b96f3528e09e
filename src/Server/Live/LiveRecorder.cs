using System.Diagnostics;
using System.Globalization;
using CAManim.Native.Encoding;
using CAManim.Native.Engine.Live;
using CAManim.Native.Engine.Results;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Server.Files;

namespace CAManim.Native.Server.Live;

/// <summary>Records what is shown as MP4s in a folder of its own, which only this user can read and which goes with the server; a file is there when it is whole.</summary>
/// <param name="longest">A recording that is as long is completed.</param>
internal sealed class LiveRecorder(TimeSpan longest) : IDisposable
{
    /// <summary>How many recordings are kept; the oldest goes first.</summary>
    public const int MostKept = 3;

    private const string Stem = "live-";

    private readonly Lock _lock = new();
    private readonly List<string> _kept = [];
    private readonly PrivateFolder _folder = new();
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
                Begin();
            }
            else
            {
                Complete();
            }
        }
    }

    /// <summary>Adds the frame at hand.</summary>
    /// <returns>Why the recording ended by it: it is long enough, the disk is full, or the encoder failed; null where it goes on.</returns>
    public string? Add(RgbImage image, LiveFrame frame, ServedModel model, string method, LiveLook look, int shown)
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
            TimeSpan at = Stopwatch.GetElapsedTime(_start);
            try
            {
                Frames += _video?.Add(image, result.Frames, options, shown, at) == true ? 1 : 0;
                if (_video is null || at < longest)
                {
                    return null;
                }

                Complete();
                return string.Create(CultureInfo.InvariantCulture, $"A recording ends after {longest.TotalMinutes:0.##} minutes; it can be saved now.");
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // Of the encoder, of the disk: the recording ends, nothing else does.
                _video?.Dispose();
                _video = null;
                return $"The recording has ended: {error.Message}";
            }
        }
    }

    /// <summary>The file of a recording that is whole, or null.</summary>
    public string? Find(string name)
    {
        lock (_lock)
        {
            return _kept.Contains(name) ? Path.Combine(_folder.Path, name) : null;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _video?.Dispose();
            _video = null;
            _folder.Dispose();
        }
    }

    private void Begin()
    {
        (_name, Frames, Finished) = ($"{Stem}{++_number}.mp4", 0, null);
        _video = new LiveVideo(Path.Combine(_folder.Path, _name));
        _start = Stopwatch.GetTimestamp();
    }

    private void Complete()
    {
        using LiveVideo video = _video!;
        _video = null;
        video.Complete();
        string path = Path.Combine(_folder.Path, _name);
        PrivateFolder.MakePrivate(path);
        _kept.Add(_name);
        Finished = _name;
        if (_kept.Count > MostKept)
        {
            File.Delete(Path.Combine(_folder.Path, _kept[0]));
            _kept.RemoveAt(0);
        }
    }
}
