namespace CAManim.Native.Perf.Gpu;

/// <summary>One kernel at one size.</summary>
/// <param name="Name">What and how large.</param>
/// <param name="Bytes">What a run must read and write at least.</param>
/// <param name="Run">Puts the work on the device.</param>
/// <param name="FindFault">Compares with the scalar variant what one run left; null where it agrees.</param>
/// <param name="Items">What a run makes, for rates: maps, frames, solves; 0 where GB/s say it.</param>
/// <param name="Unit">Their name.</param>
internal sealed record KernelCase(string Name, double Bytes, Action Run, Func<string?> FindFault, int Items = 0, string Unit = "");
