using System.Globalization;
using System.Runtime.InteropServices;

namespace CAManim.Native.Encoding.Interop;

/// <summary>Finds the three libraries by what is installed, newest first, and refuses a set whose versions do not belong together.</summary>
internal static class LibavLibrary
{
    /// <summary>Environment variable that names a folder with the libraries, tried before the system's.</summary>
    public const string Variable = "CAMANIM_LIBAV";

    // libavcodec's and libavformat's versions go together; libavutil is two below.
    private const int Newest = 62;
    private const int Oldest = 58;

    public sealed record Set(nint Util, nint Codec, nint Format, int Major);

    /// <exception cref="LibavMissingException">No complete set is installed.</exception>
    public static Set Load()
    {
        for (int major = Newest; major >= Oldest; major--)
        {
            if (TryLoad("avutil", major - 2, out nint util) && TryLoad("avcodec", major, out nint codec) && TryLoad("avformat", major, out nint format))
            {
                return new Set(util, codec, format, major);
            }
        }

        throw new LibavMissingException();
    }

    /// <summary>libavdevice, which only cameras need and which goes by libavformat's version.</summary>
    /// <exception cref="LibavMissingException">It is not installed.</exception>
    public static nint LoadDevices(int major) => TryLoad("avdevice", major, out nint handle)
        ? handle
        : throw new LibavMissingException($"Cameras are read through libavdevice {major}, which is not installed. Install it with the system's packages (Debian 12: apt-get install libavdevice59), or read a file or standard input.");

    private static bool TryLoad(string name, int major, out nint handle)
    {
        string file = FileName(name, major);
        string? folder = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(folder))
        {
            return NativeLibrary.TryLoad(Path.Combine(folder, file), out handle);
        }

        return NativeLibrary.TryLoad(file, out handle);
    }

    private static string FileName(string name, int major)
    {
        string version = major.ToString(CultureInfo.InvariantCulture);
        return OperatingSystem.IsWindows() ? $"{name}-{version}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.{version}.dylib" : $"lib{name}.so.{version}";
    }
}
