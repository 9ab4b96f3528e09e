namespace CAManim.Native.Kernels.Imputation;

/// <summary>What the noise of one imputed image depends on, and nothing else: not on batches, threads or what was drawn before.</summary>
/// <param name="Seed">Seed of the run.</param>
/// <param name="Trial">Trial, from 0.</param>
/// <param name="Layer">Layer in frame order, from 0.</param>
/// <param name="Percentile">Percentile in percent.</param>
/// <param name="IsLeastFirst">Order of removal: least relevant first instead of most.</param>
public readonly record struct NoiseKey(ulong Seed, int Trial, int Layer, float Percentile, bool IsLeastFirst);
