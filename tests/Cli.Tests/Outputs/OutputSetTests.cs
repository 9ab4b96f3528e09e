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
