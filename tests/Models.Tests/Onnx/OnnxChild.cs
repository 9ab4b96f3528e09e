using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using CAManim.Native.Models.Onnx;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Models.Tests.Onnx;

/// <summary>Opens and runs ONNX files in another process, since what is tested ended the process once, or took its memory.</summary>
public sealed class OnnxChild
{
    private const string Variable = "CAMANIM_TEST_ONNX_FOLDER";
    private const string Results = "results.txt";

    /// <summary>What became of a file.</summary>
    /// <param name="Name">Of the file, without extension.</param>
    /// <param name="Message">The clear error; null where it ran.</param>
    /// <param name="Values">First values of the output.</param>
    /// <param name="Growth">Bytes by which the process grew at most.</param>
    /// <param name="Seconds">Of the processor, from opening to the end.</param>
    public sealed record Outcome(string Name, string? Message, float[] Values, long Growth, double Seconds);

    /// <summary>Runs files one after the other, in the order of their names.</summary>
    /// <param name="files">Contents by name.</param>
    /// <param name="size">Side of the picture.</param>
    public static Dictionary<string, Outcome> Run(IReadOnlyDictionary<string, byte[]> files, int size = 8)
    {
        string folder = Directory.CreateTempSubdirectory("camanim-onnx-").FullName;
        try
        {
            foreach ((string name, byte[] content) in files)
            {
                File.WriteAllBytes(Path.Combine(folder, $"{name}.onnx"), content);
            }

            string own = typeof(OnnxChild).Assembly.Location;
            ProcessStartInfo start = new("dotnet", [own, "-method", $"{typeof(OnnxChild).FullName}.{nameof(Child)}", "-explicit", "only", "-noColor"]) { RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment[Variable] = folder;
            start.Environment["CAMANIM_TEST_ONNX_SIZE"] = size.ToString(CultureInfo.InvariantCulture);
            using Process child = Process.Start(start)!;
            Task<string> error = child.StandardError.ReadToEndAsync();
            Task<string> output = child.StandardOutput.ReadToEndAsync();
            if (!child.WaitForExit(TimeSpan.FromMinutes(5)))
            {
                child.Kill(entireProcessTree: true);
            }

            child.WaitForExit();
            string[] lines = File.Exists(Path.Combine(folder, Results)) ? File.ReadAllLines(Path.Combine(folder, Results)) : [];
            Assert.True(child.ExitCode == 0, $"The child ended with {child.ExitCode} at {(lines.Length > 0 ? lines[^1] : "its start")}. {output.Result}{error.Result}");
            return lines.Where(l => !l.StartsWith("begin", StringComparison.Ordinal)).Select(Parse).ToDictionary(o => o.Name);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the child does.</summary>
    [Fact(Explicit = true)]
    public void Child()
    {
        string folder = Environment.GetEnvironmentVariable(Variable) ?? "";
        Assert.SkipWhen(folder.Length == 0, "run by another test");
        int size = int.Parse(Environment.GetEnvironmentVariable("CAMANIM_TEST_ONNX_SIZE")!, CultureInfo.InvariantCulture);
        using StreamWriter results = new(Path.Combine(folder, Results)) { AutoFlush = true };
        Call(new OnnxWriter().Input(1, 3, size, size).Node("Relu", "x", "y").Output().Content(), size);
        foreach (string file in Directory.GetFiles(folder, "*.onnx").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(file);
            results.WriteLine($"begin {name}");
            byte[] content = File.ReadAllBytes(file);
            PeakMemory memory = new();
            TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
            string message = "";
            float[] values = [];
            try
            {
                values = Call(content, size);
            }
            catch (OnnxException e)
            {
                message = e.Message;
            }

            double seconds = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
            results.WriteLine(string.Join('\t', name, message.ReplaceLineEndings(" ").Replace('\t', ' '), string.Join(' ', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture))), memory.Growth, seconds.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static float[] Call(byte[] content, int size)
    {
        using LoadedModel model = TinyNetwork.Open(content);
        using var noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor y = model.Module.call(zeros(1, 3, size, size)).to(ScalarType.Float32).contiguous();
        return MemoryMarshal.Cast<byte, float>(y.bytes)[..(int)Math.Min(4, y.numel())].ToArray();
    }

    private static Outcome Parse(string line)
    {
        string[] parts = line.Split('\t');
        return new Outcome(
            parts[0],
            parts[1].Length == 0 ? null : parts[1],
            [.. parts[2].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => float.Parse(v, CultureInfo.InvariantCulture))],
            long.Parse(parts[3], CultureInfo.InvariantCulture),
            double.Parse(parts[4], CultureInfo.InvariantCulture));
    }
}
