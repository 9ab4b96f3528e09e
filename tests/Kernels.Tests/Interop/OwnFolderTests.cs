using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using CAManim.Native.Kernels.Interop;
using Microsoft.Win32.SafeHandles;

namespace CAManim.Native.Kernels.Tests.Interop;

[SupportedOSPlatform("linux")]
public sealed partial class OwnFolderTests : IDisposable
{
    private const uint Stranger = 12345;

    private readonly string _root = Directory.CreateTempSubdirectory("camanim-test-").FullName;

    public OwnFolderTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "descriptors of folders are Linux's");

    private string Cache => Path.Combine(_root, "cache");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Is_made_for_this_user_alone()
    {
        using OwnFolder folder = Open();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Cache));
        Assert.True(folder.TryWrite("verdict", "one"u8));
        Assert.True(folder.TryWrite("verdict", "two"u8));
        Assert.Equal("two"u8.ToArray(), folder.Read("verdict", 3));
        Assert.Null(folder.Read("verdict", 2));
        Assert.Null(folder.Read("other", 100));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Cache, "verdict")));
        Assert.Equal(["verdict"], Directory.EnumerateFileSystemEntries(Cache).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.OtherWrite | UnixFileMode.StickyBit)]
    public void One_that_others_can_write_to_is_refused(UnixFileMode more)
    {
        Open().Dispose();
        File.SetUnixFileMode(Cache, File.GetUnixFileMode(Cache) | more);
        Assert.Null(OwnFolder.TryOpen(Cache, out string? refusal));
        Assert.Contains("can be written by others (mode ", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_refused()
    {
        Directory.CreateDirectory(Path.Combine(_root, "elsewhere"));
        Directory.CreateSymbolicLink(Cache, Path.Combine(_root, "elsewhere"));
        Assert.Null(OwnFolder.TryOpen(Cache, out string? refusal));
        Assert.Contains("is a link", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_belongs_to_somebody_else_is_refused()
    {
        Open().Dispose();
        GiveAway(Cache);
        Assert.Null(OwnFolder.TryOpen(Cache, out string? refusal));
        Assert.Contains("belongs to user 12345, this is user 0", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_others_can_write_to_is_not_believed_and_is_replaced()
    {
        using OwnFolder folder = Open();
        string path = Path.Combine(Cache, "library");
        File.WriteAllText(path, "code");
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);
        Assert.Null(folder.Read("library", 100));
        using SafeFileHandle? placed = folder.Place("library", "code"u8);
        Assert.NotNull(placed);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Neither_is_one_that_somebody_else_owns()
    {
        using OwnFolder folder = Open();
        string path = Path.Combine(Cache, "library");
        File.WriteAllText(path, "code");
        GiveAway(path);
        Assert.Null(folder.Read("library", 100));
    }

    [Fact]
    public void Neither_is_a_link_nor_one_of_two_names()
    {
        using OwnFolder folder = Open();
        string elsewhere = Path.Combine(_root, "elsewhere");
        File.WriteAllText(elsewhere, "code");
        File.CreateSymbolicLink(Path.Combine(Cache, "link"), elsewhere);
        Assert.Equal(0, Link(elsewhere, Path.Combine(Cache, "second")));
        Assert.Null(folder.Read("link", 100));
        Assert.Null(folder.Read("second", 100));

        // Writing replaces the link, not what it points to.
        Assert.True(folder.TryWrite("link", "other"u8));
        Assert.Equal("code", File.ReadAllText(elsewhere));
        Assert.Equal("other"u8.ToArray(), folder.Read("link", 100));
    }

    [Fact]
    public void A_fifo_is_not_waited_for()
    {
        using OwnFolder folder = Open();
        Assert.Equal(0, MakeFifo(Path.Combine(Cache, "fifo"), 0x180));
        Assert.Null(folder.Read("fifo", 100));
    }

    [Fact]
    public void What_was_checked_is_what_is_opened()
    {
        using OwnFolder folder = Open();
        using CachedFile file = new("library", Path.Combine(Cache, "library"), folder.Place("library", "code"u8)!);
        Directory.Move(Cache, Cache + "-away");
        Directory.CreateDirectory(Cache);
        File.WriteAllText(Path.Combine(Cache, "library"), "evil");
        Assert.Equal("code", File.ReadAllText(file.OpenPath));
        Assert.True(folder.TryWrite("verdict", "x"u8));
        Assert.True(File.Exists(Path.Combine(Cache + "-away", "verdict")));
    }

    [Fact]
    public void Memory_cannot_be_written_afterwards()
    {
        using CachedFile file = CacheFolder.PlaceForThisProcess("library", "code"u8);
        Assert.Equal("library in memory", file.Name);
        Assert.Equal("code", File.ReadAllText(file.OpenPath));
        Assert.ThrowsAny<Exception>(() => File.WriteAllText(file.OpenPath, "evil"));
        Assert.Equal("code", File.ReadAllText(file.OpenPath));
    }

    [Theory]
    [InlineData("../library")]
    [InlineData("a/b")]
    [InlineData("..")]
    public void Names_stay_in_the_folder(string name) => Assert.Throws<ArgumentException>(() => CacheFolder.Place(name, []));

    private static void GiveAway(string path)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root gives files away");
        Assert.Equal(0, ChangeOwner(path, Stranger, Stranger));
    }

    private OwnFolder Open()
    {
        OwnFolder? folder = OwnFolder.TryOpen(Cache, out string? refusal);
        Assert.Null(refusal);
        return folder!;
    }

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);
}
