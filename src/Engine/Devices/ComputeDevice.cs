using System.Globalization;
using CAManim.Native.Kernels.Accelerators;
using CAManim.Native.Kernels.Interop;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine.Devices;

/// <summary>Where a network runs: the processor or a card.</summary>
/// <param name="Index">The card's number; null for the processor.</param>
public readonly record struct ComputeDevice(int? Index)
{
    /// <summary>The processor.</summary>
    public static ComputeDevice Processor => default;

    /// <summary>The device of a name; <c>auto</c> is the first card where one can be used, else the processor.</summary>
    /// <param name="text"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <exception cref="ArgumentException">It is no such name.</exception>
    /// <exception cref="CamException">A card was named and networks cannot run there; the message says why and what to do.</exception>
    public static ComputeDevice Resolve(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text is "auto" or "cpu")
        {
            return text == "auto" ? Choose() : Processor;
        }

        string[] parts = text.Split(':');
        int index = 0;
        if (parts[0] != "cuda" || parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
        {
            throw new ArgumentException($"'{text}' is no device. Use auto, cpu, cuda or cuda:N.", nameof(text));
        }

        ComputeDevice device = new(index);
        return device.FindProblem() is { } problem
            ? throw new CamException($"The device {device} was asked for and cannot be used. {problem} --device cpu needs no card.")
            : device;
    }

    /// <summary>The first card where one can be used, else the processor.</summary>
    public static ComputeDevice Choose() => new ComputeDevice(0).FindProblem() is null ? new ComputeDevice(0) : Processor;

    /// <summary>Why networks cannot run there and what to do, or null where they can.</summary>
    public string? FindProblem()
    {
        if (Index is not { } index)
        {
            return null;
        }

        CudaReport report = AcceleratorList.FindCuda();
        if (report.Problem is not null)
        {
            return report.Problem;
        }

        if (index >= report.Devices.Count)
        {
            return $"This machine has {report.Devices.Count}: {string.Join(", ", report.Devices.Select(d => $"cuda:{d.Index} ({d.Name})"))}.";
        }

        TorchRuntimeReport torch = TorchRuntime.Load();
        string version = torch.VersionNote is null ? "" : $" {torch.VersionNote}";
        return !torch.HasCuda
            ? $"{report.Devices[index].Name} is there, but libtorch in {torch.LibTorch ?? "an unknown folder"} is built without CUDA. Build the tool with -p:LibTorch=cuda, or point {TorchRuntime.Variable} to a libtorch with CUDA (or to a Python torch: .../site-packages/torch).{version}"
            : !cuda.is_available() ? $"{report.Devices[index].Name} is there, but libtorch in {torch.LibTorch} cannot use it: its CUDA may be newer than the driver's ({report.DriverVersion}).{version}"
            : null;
    }

    /// <summary>Moves a network's parameters there.</summary>
    public void Place(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (Index is not null)
        {
            network.to(Torch);
        }
    }

    /// <summary>Moves an input there; the tensor that was given is disposed where another is returned.</summary>
    public Tensor Place(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Index is null)
        {
            return input;
        }

        using (input)
        {
            return input.to(Torch);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Index is { } index ? $"cuda:{index.ToString(CultureInfo.InvariantCulture)}" : "cpu";

    private Device Torch => new(DeviceType.CUDA, Index ?? 0);
}
