using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Outputs;

namespace CAManim.Native.Engine;

/// <summary>What to compute.</summary>
public sealed record CamOptions
{
    /// <summary>How activation and gradient become a map. Default: GradCAM.</summary>
    public CamMethod Method { get; init; } = CamMethod.GradCAM;

    /// <summary>What the maps explain. Default: the top class.</summary>
    public Target Target { get; init; } = Target.Top;

    /// <summary>How the network's outputs become the scores of its classes; maps do not depend on it. Default: by the network.</summary>
    public ScoreActivation Activation { get; init; }

    /// <summary>Which module calls give frames. Default: all.</summary>
    public LayerSelection Layers { get; init; } = LayerSelection.All;

    /// <summary>Order of the frames. Default: execution.</summary>
    public LayerOrder Order { get; init; } = LayerOrder.Execution;

    /// <summary>Seed of RandomCAM.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whom methods follow where papers and Python peers differ. Default: the paper.</summary>
    public Compatibility Compatibility { get; init; } = Compatibility.Paper;

    /// <summary>Whether maps are the mean over six versions of the image: mirrored or not, times 0.9, 1 and 1.1. Costs six times as much.</summary>
    public bool AugmentationSmoothing { get; init; }

    /// <summary>Whether the sum over the channels gives way to their first principal component, which leaves out what only few of them show.</summary>
    public bool EigenSmoothing { get; init; }

    /// <summary>The method that FinerCAM and RefineCAM start from; null for GradCAM (FinerCAM) and GradCAM++ (RefineCAM).</summary>
    public CamMethod? Base { get; init; }

    /// <summary>FinerCAM: how many of the classes with the nearest logits a class is told from; 1 or more.</summary>
    public int FinerClasses { get; init; } = 3;

    /// <summary>FinerCAM: alpha, how much of their logits is taken off; 0 leaves the base method.</summary>
    public float FinerStrength { get; init; } = 1;

    /// <summary>MetaCAM: the methods that vote. Default: those that share one forward and backward and depend on the class.</summary>
    public IReadOnlyList<CamMethod> Components { get; init; } =
    [
        CamMethod.GradCAM,
        CamMethod.HiResCAM,
        CamMethod.GradCAMElementWise,
        CamMethod.GradCAMPlusPlus,
        CamMethod.XGradCAM,
        CamMethod.LayerCAM,
        CamMethod.EigenGradCAM,
    ];

    /// <summary>MetaCAM: k, the percentage of a layer's positions that each component votes for; above 0, up to 100.</summary>
    public double TopPercent { get; init; } = 20;

    /// <summary>
    /// Recipro-CAM: whether a position is kept with its eight neighbours, weighted by a 3x3 Gaussian (1/4 in the middle, 1/8 beside, 1/16 at
    /// the corners), in the place of the position alone.
    /// </summary>
    public bool ReciproGaussian { get; init; }

    /// <summary>Perturbation methods only look at this many channels of a layer, those with the largest sum of squares; null for all.</summary>
    public int? ChannelLimit { get; init; }

    /// <summary>
    /// Signed maps [h·w] by layer, from the <see cref="CamProgress"/> of a run that was cancelled: a method that runs the network again does
    /// not run it for these layers. For one method, one target, one image and otherwise the same options.
    /// </summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<float>> Finished { get; init; } = new Dictionary<string, ReadOnlyMemory<float>>();

    /// <summary>
    /// Maps of tensors of the processor are made by the kernels of a card, on ILGPU's emulator: for tests, thousands of times slower. Tensors
    /// of a card always use the card's.
    /// </summary>
    public bool EmulatesKernels { get; init; }

    /// <summary>Images of one forward of a perturbation method; null to choose by memory. Where they do not fit after all, halves are run.</summary>
    public int? BatchSize { get; init; }

    /// <summary>What the network computes in; maps are summed in float32. Default: float32, that is, as the network is.</summary>
    public Precision Precision { get; init; }

    /// <summary>How the input lies in memory, and with it what libtorch computes from it. Default: contiguous.</summary>
    public MemoryFormat MemoryFormat { get; init; }
}
