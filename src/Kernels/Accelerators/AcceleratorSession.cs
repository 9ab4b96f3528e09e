using ILGPU;
using ILGPU.Runtime;

namespace CAManim.Native.Kernels.Accelerators;

/// <summary>One opened device: owns ILGPU's context and accelerator; kernels and buffers made from it go with it.</summary>
/// <remarks>Not safe for several threads at once. Dispose it after everything that was made from it.</remarks>
public sealed class AcceleratorSession : IDisposable
{
    private readonly Context _context;

    private AcceleratorSession(Context context, Accelerator accelerator)
    {
        _context = context;
        Accelerator = accelerator;
    }

    /// <summary>ILGPU's accelerator.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Opens a device.</summary>
    /// <param name="kind">What to open.</param>
    /// <param name="index">Place among the devices of that kind, as in <see cref="AcceleratorInfo.Index"/>.</param>
    /// <exception cref="InvalidOperationException">There is no such device.</exception>
    public static AcceleratorSession Open(AcceleratorKind kind, int index = 0)
    {
        Context context = AcceleratorList.NewContext();
        try
        {
            Device device = AcceleratorList.DevicesOf(context, kind).ElementAtOrDefault(index)
                ?? throw new InvalidOperationException(
                    $"{kind} device {index} was asked for; this machine has {AcceleratorList.DevicesOf(context, kind).Count()} of that kind. `camanim doctor` lists the devices; the CPU variants need none.");
            return new AcceleratorSession(context, device.CreateAccelerator(context));
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>Closes the device.</summary>
    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }
}
