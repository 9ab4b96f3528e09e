using System.Diagnostics;

namespace CAManim.Native.Engine.Tests.Onnx;

/// <summary>Exports networks by <c>tools/Onnx/export.py</c> into a temporary folder; tests skip where Python has no torch and torchvision.</summary>
public sealed class ExportFolder : IDisposable
{
    // The distribution's Python first: it is the one that has the distribution's torch.
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3"];

    private readonly Lazy<string?> _python = new(() => Pythons.FirstOrDefault(p => Run(p, "-c", "import torch, torchvision").ExitCode == 0));
    private readonly string _folder = Directory.CreateTempSubdirectory("camanim-export-").FullName;

    /// <summary>Path of the exported file; skips the running test where nothing can be exported.</summary>
    /// <param name="network">NAME or NAME@OPSET.</param>
    public string Require(string network)
    {
        Assert.SkipUnless(_python.Value is not null, "python3 with torch and torchvision is not installed (Debian 12: python3-torch, python3-torchvision)");
        string path = Path.Combine(_folder, $"{network}.onnx");
        if (!File.Exists(path))
        {
            (int exitCode, string error) = Run(_python.Value, Script(), _folder, network);
            Assert.True(exitCode == 0, error);
        }

        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Script()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, "tools", "Onnx", "export.py");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new FileNotFoundException("tools/Onnx/export.py is in no folder above the tests.");
    }

    private static (int ExitCode, string Error) Run(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
