namespace CAManim.Native.Kernels.Interop.Processors;

/// <summary>The code that libtorch takes on this processor, fastest first.</summary>
public enum ProcessorRung
{
    /// <summary>What it takes by itself.</summary>
    Native,

    /// <summary>The same, after oneDNN's description of the processor was put right.</summary>
    Repaired,

    /// <summary>oneDNN's SSE4.1 code: slow, and right in every case tried.</summary>
    Sse41,
}
