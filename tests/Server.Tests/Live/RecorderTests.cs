using CAManim.Native.Encoding;
using CAManim.Native.Server.Files;
using CAManim.Native.Server.Live;
using CAManim.Native.Server.Tests.Support;

namespace CAManim.Native.Server.Tests.Live;

/// <summary>Recordings are this user's alone, few, short, and gone after the server.</summary>
public sealed class RecorderTests(Network network) : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("camanim-recorder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ARecordingEndsByItselfAndTheLastThreeAreKept()
    {
        Assert.SkipUnless(Libav.IsAvailable, "libav is not installed");
        using Still still = new();
        using LiveChannel channel = new(network.Served, new LiveSettings { RoadShare = 0, LongestRecording = TimeSpan.FromMilliseconds(300) }, still);
        await using Running server = await Running.Start(network.Served, live: channel);
        channel.Start();
        using LiveClient client = await LiveClient.Connect(server.Address);
        await client.Until(_ => true);
        string folder = "";
        for (int i = 1; i <= LiveRecorder.MostKept + 1; i++)
        {
            string name = $"live-{i}.mp4";
            channel.Recorder.Switch(true);
            Assert.True(SpinWait.SpinUntil(() => channel.Recorder.Finished == name, Patience));
            Assert.Contains("ends after", (await Assert.ThrowsAsync<InvalidOperationException>(() => client.Until(_ => false))).Message);
            string path = channel.Recorder.Find(name)!;
            folder = Path.GetDirectoryName(path)!;
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(Owner, File.GetUnixFileMode(folder));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }
        }

        Assert.Null(channel.Recorder.Find("live-1.mp4"));
        Assert.Null(channel.Recorder.Find("lock"));
        Assert.Equal(LiveRecorder.MostKept, Directory.GetFiles(folder, "*.mp4").Length);
        channel.Dispose();
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void WhatAKilledServerLeftGoesWithTheNext()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "folders of Windows have no modes");
        // A process that is killed leaves its folder, and the system gives its lock back.
        string left = Make("camanim-server-left", Owner);
        File.WriteAllText(Path.Combine(left, "lock"), "");
        File.WriteAllText(Path.Combine(left, "live-1.mp4"), "");
        string young = Make("camanim-server-young", Owner);
        string others = Make("camanim-server-others", Owner | UnixFileMode.OtherRead);
        File.WriteAllText(Path.Combine(others, "lock"), "");
        string elsewhere = Make("elsewhere", Owner);
        File.WriteAllText(Path.Combine(elsewhere, "lock"), "");
        Directory.CreateSymbolicLink(Path.Combine(_folder, "camanim-server-link"), elsewhere);
        using PrivateFolder living = new(_folder);
        Assert.True(Directory.Exists(living.Path));
        Assert.False(Directory.Exists(left));
        using PrivateFolder next = new(_folder);
        Assert.NotEqual(living.Path, next.Path);
        Assert.All([living.Path, young, others, elsewhere], path => Assert.True(Directory.Exists(path), path));
    }

    [Fact]
    public void AFolderThatIsNotAskedForIsNotMade()
    {
        new PrivateFolder(_folder).Dispose();
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    private string Make(string name, UnixFileMode mode) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(Path.Combine(_folder, name)).FullName : Directory.CreateDirectory(Path.Combine(_folder, name), mode).FullName;
}
