using System.Runtime.Versioning;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Outputs;
using CAManim.Native.Cli.Tests.Support;

namespace CAManim.Native.Cli.Tests.Outputs;

public sealed class OutputSetTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Outputs_appear_together_on_commit()
    {
        using (OutputSet outputs = new())
        {
            File.WriteAllText(outputs.AddFile(_folder.Out("a.json")), "new");
            File.WriteAllText(Path.Combine(outputs.AddFolder(_folder.Out("frames")), "1.png"), "png");
            Assert.DoesNotContain("a.json", _folder.Outputs);
            outputs.Commit();
        }

        Assert.Equal(["a.json", "frames", Path.Combine("frames", "1.png")], _folder.Outputs);
    }

    [Fact]
    public void Without_commit_nothing_is_left_and_nothing_replaced()
    {
        File.WriteAllText(_folder.Out("a.json"), "before");
        using (OutputSet outputs = new())
        {
            File.WriteAllText(outputs.AddFile(_folder.Out("a.json")), "new");
        }

        Assert.Equal("before", File.ReadAllText(_folder.Out("a.json")));
        Assert.Equal(["a.json"], _folder.Outputs);
    }

    [Fact]
    public void Files_are_put_into_a_folder_that_exists()
    {
        Directory.CreateDirectory(_folder.Out("frames"));
        File.WriteAllText(_folder.Out("frames/other.txt"), "mine");
        using (OutputSet outputs = new())
        {
            File.WriteAllText(Path.Combine(outputs.AddFolder(_folder.Out("frames")), "1.png"), "png");
            outputs.Commit();
        }

        Assert.Equal(["frames", Path.Combine("frames", "1.png"), Path.Combine("frames", "other.txt")], _folder.Outputs);
    }

    [Fact]
    public void A_commit_that_fails_takes_back_what_was_new()
    {
        using (OutputSet outputs = new())
        {
            File.WriteAllText(outputs.AddFile(_folder.Out("a.json")), "new");
            File.WriteAllText(outputs.AddFile(_folder.Out("b.json")), "new");
            Directory.CreateDirectory(_folder.Out("b.json"));
            Assert.ThrowsAny<Exception>(outputs.Commit);
        }

        Assert.Equal(["b.json"], _folder.Outputs);
    }

    /// <summary>One place that cannot be taken: the others get back what they had, bytes and permissions.</summary>
    [Fact]
    public void A_commit_that_fails_puts_back_what_was_there()
    {
        File.WriteAllText(_folder.Out("a.json"), "before a");
        File.WriteAllText(_folder.Out("b.json"), "before b");
        Directory.CreateDirectory(_folder.Out("frames"));
        File.WriteAllText(_folder.Out("frames/1.png"), "before 1");
        using (OutputSet outputs = new())
        {
            foreach (string name in (string[])["a.json", "b.json", "new.json"])
            {
                File.WriteAllText(outputs.AddFile(_folder.Out(name)), "new");
            }

            string frames = outputs.AddFolder(_folder.Out("frames"));
            File.WriteAllText(Path.Combine(frames, "1.png"), "new");
            File.WriteAllText(Path.Combine(frames, "2.png"), "new");
            string made = outputs.AddFolder(_folder.Out("made"));
            File.WriteAllText(Path.Combine(made, "1.png"), "new");
            File.WriteAllText(outputs.AddFile(_folder.Out("last.json")), "new");
            Directory.CreateDirectory(_folder.Out("last.json"));
            IOException error = Assert.ThrowsAny<IOException>(outputs.Commit);
            Assert.Contains("last.json' is a folder", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["a.json", "b.json", "frames", "frames/1.png", "last.json"], _folder.Outputs);
        Assert.Equal(["before a", "before b", "before 1"], ((string[])["a.json", "b.json", "frames/1.png"]).Select(name => File.ReadAllText(_folder.Out(name))));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_commit_replaces_all_and_keeps_what_was_private()
    {
        Assert.SkipUnless(!OperatingSystem.IsWindows(), "modes are Unix's");
        File.WriteAllText(_folder.Out("a.json"), "before");
        File.SetUnixFileMode(_folder.Out("a.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using (OutputSet outputs = new())
        {
            File.WriteAllText(outputs.AddFile(_folder.Out("a.json")), "new");
            outputs.Commit();
        }

        Assert.Equal("new", File.ReadAllText(_folder.Out("a.json")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Out("a.json")));
        Assert.Equal(["a.json"], _folder.Outputs);
    }

    [Fact]
    public void A_link_stays_and_what_it_points_to_is_replaced()
    {
        Directory.CreateDirectory(_folder.Out("real"));
        File.WriteAllText(_folder.Out("real/a.json"), "before");
        File.CreateSymbolicLink(_folder.Out("a.json"), "real/a.json");
        File.CreateSymbolicLink(_folder.Out("b.json"), "real/b.json");
        using (OutputSet outputs = new())
        {
            File.WriteAllText(outputs.AddFile(_folder.Out("a.json")), "new");
            File.WriteAllText(outputs.AddFile(_folder.Out("b.json")), "new");
            Assert.Throws<UsageException>(() => outputs.AddFile(_folder.Out("real/b.json")));
            outputs.Commit();
        }

        Assert.Equal("real/a.json", new FileInfo(_folder.Out("a.json")).LinkTarget);
        Assert.Equal(["new", "new"], [File.ReadAllText(_folder.Out("real/a.json")), File.ReadAllText(_folder.Out("real/b.json"))]);
        Assert.Equal(["a.json", "b.json", "real", "real/a.json", "real/b.json"], _folder.Outputs);
    }

    [Fact]
    public void Links_in_a_circle_pipes_and_devices_are_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes and devices are Unix's");
        File.CreateSymbolicLink(_folder.Out("a"), "b");
        File.CreateSymbolicLink(_folder.Out("b"), "a");
        File.CreateSymbolicLink(_folder.Out("null.json"), "/dev/null");
        Pipes.Make(_folder.Out("pipe.json"));
        using OutputSet outputs = new();
        Assert.ThrowsAny<IOException>(() => outputs.AddFile(_folder.Out("a")));
        Assert.Contains("is a device. Outputs are files", Assert.Throws<IOException>(() => outputs.AddFile(_folder.Out("null.json"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a pipe (FIFO). Outputs are files", Assert.Throws<IOException>(() => outputs.AddFile(_folder.Out("pipe.json"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a pipe (FIFO). Name a folder", Assert.Throws<IOException>(() => outputs.AddFolder(_folder.Out("pipe.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_used_once()
    {
        using OutputSet outputs = new();
        outputs.AddFile(_folder.Out("a.json"));
        Assert.Throws<UsageException>(() => outputs.AddFile(Path.Combine(_folder.Out(""), "..", "out", "a.json")));
    }

    [Fact]
    public void Messages_speak_of_the_targets()
    {
        using OutputSet outputs = new();
        string staged = outputs.AddFile(_folder.Out("a.json"));
        Assert.Equal($"{_folder.Out("a.json")} in {Path.TrimEndingDirectorySeparator(_folder.Out(""))}", outputs.InWordsOfTargets($"{staged} in {Path.GetDirectoryName(staged)}"));
    }

    [Fact]
    public void Folders_of_running_processes_are_left_alone()
    {
        string host = new([.. Environment.MachineName.Where(char.IsAsciiLetterOrDigit)]);
        string[] kept = [$".camanim-{host}-{Environment.ProcessId}-0", ".camanim-other-999999999-0", ".camanim-x"];
        string gone = $".camanim-{host}-999999999-0";
        Array.ForEach([.. kept, gone], name => Directory.CreateDirectory(_folder.Out(name)));
        using (OutputSet outputs = new())
        {
            outputs.AddFile(_folder.Out("a.json"));
        }

        Assert.Equal(kept.Order(StringComparer.Ordinal), _folder.Outputs);
    }
}
