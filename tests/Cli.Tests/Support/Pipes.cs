using System.Runtime.InteropServices;

namespace CAManim.Native.Cli.Tests.Support;

/// <summary>Pipes with a name: reading one waits until somebody writes.</summary>
internal static partial class Pipes
{
    /// <summary>Makes one; skips the test where there are none.</summary>
    public static string Make(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "named pipes are Unix's");
        Assert.Equal(0, MakeFifo(path, 0x180));
        return path;
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}
