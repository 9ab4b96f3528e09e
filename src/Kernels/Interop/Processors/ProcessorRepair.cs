using System.Globalization;

namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>Puts right what oneDNN believes of a processor whose CPUID describes no caches.</summary>
internal static class ProcessorRepair
{
    /// <summary>What was found and done.</summary>
    /// <param name="IsRight">Whether oneDNN now knows caches that can be.</param>
    /// <param name="IsRepaired">Whether something was written.</param>
    /// <param name="Note">What was found and done, in words.</param>
    public readonly record struct Outcome(bool IsRight, bool IsRepaired, string Note);

    /// <summary>Looks at the loaded library's description, and repairs it if it is exactly the known fault.</summary>
    /// <param name="library">Full path of the loaded libtorch_cpu.so.</param>
    public static Outcome Apply(string library)
    {
        try
        {
            if (OneDnnAddress.Find(library) is not { } address || address.Open(library) is not { IsEmpty: false } bytes)
            {
                return new Outcome(false, false, $"CPUID describes no caches, and oneDNN's description of the processor was not found in {library}");
            }

            ProcessorModel processor = ProcessorModel.Read(Cpuid.Read);
            return Apply(bytes, processor, CacheSizes.Find(Cpuid.Read));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return new Outcome(false, false, $"CPUID describes no caches, and {library} could not be searched: {error.Message}");
        }
    }

    /// <summary>Looks at a description, and repairs it if it is exactly the known fault.</summary>
    public static Outcome Apply(Span<byte> description, ProcessorModel processor, CacheSizes caches)
    {
        switch (OneDnnProcessor.Examine(description, processor))
        {
            case OneDnnProcessor.State.Right:
                return new Outcome(true, false, "oneDNN's description of the processor is right");
            case OneDnnProcessor.State.Faulty:
                OneDnnProcessor.Repair(description, caches);
                return new Outcome(true, true, string.Create(CultureInfo.InvariantCulture, $"CPUID describes no caches; oneDNN was given {caches.Level1InBytes >> 10} KiB, {caches.Level2InBytes >> 10} KiB and {caches.Level3InBytes >> 10} KiB ({caches.Source})"));
            default:
                return new Outcome(false, false, "CPUID describes no caches, and oneDNN's description of the processor is not laid out as expected");
        }
    }
}
