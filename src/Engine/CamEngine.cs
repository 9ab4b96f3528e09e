using System.Runtime.InteropServices;
using CAManim.Native.Engine.Axes;
using CAManim.Native.Engine.Capture;
using CAManim.Native.Engine.Devices;
using CAManim.Native.Engine.Interop;
using CAManim.Native.Engine.Layers;
using CAManim.Native.Engine.Methods;
using CAManim.Native.Engine.Perturbation;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Smoothing;
using CAManim.Native.Engine.Targets;
using CAManim.Native.Kernels.Maps;
using CAManim.Native.Kernels.Outputs;
using CAManim.Native.Kernels.Threads;
using TorchSharp;
using static TorchSharp.torch;

namespace CAManim.Native.Engine;

/// <summary>Class activation maps of all layers of a network from one forward and one backward pass.</summary>
/// <remarks>
/// Any TorchSharp <c>Module&lt;Tensor, Tensor&gt;</c> from [N,C,H,W] to logits [N,K] works, as long as it runs its children through
/// <c>call()</c>. The network is left as it was found: training flags, gradients, hooks. Calls on one network from several threads wait for
/// each other, by whichever engine they come; the network itself, called past the engines meanwhile, would run into their hooks.
/// </remarks>
/// <param name="model">The network; it stays the caller's.</param>
public sealed class CamEngine(nn.Module<Tensor, Tensor> model)
{
    // Engines of one network wait for each other, whatever output they look at.
    private readonly nn.Module _network = model is IOutputModule wrapped ? wrapped.Network : model;

    private readonly IReadOnlyList<ModuleNode> _nodes = ModuleTree.Walk(model ?? throw new ArgumentNullException(nameof(model)));

    /// <summary>An engine for a network that returns several things: a tuple, a dictionary, a list.</summary>
    /// <typeparam name="TResult">What it returns.</typeparam>
    /// <param name="network">The network; it stays the caller's. Its modules keep their names.</param>
    /// <param name="output">Picks what the maps are about: logits [N,K], or with <see cref="Target.Function"/> any tensor [N,...].</param>
    public static CamEngine For<TResult>(nn.Module<Tensor, TResult> network, Func<TResult, Tensor> output)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(output);
        return new CamEngine(new OutputModule<TResult>(network, output));
    }

    /// <summary>A forward pass without maps.</summary>
    /// <param name="input">[N,C,H,W], normalised as the network expects it; not changed.</param>
    /// <param name="activation">How logits become scores. Default: by the network.</param>
    /// <returns>A prediction for each image.</returns>
    /// <exception cref="CamException">The input is no images, or the network does not return logits [N,K].</exception>
    /// <exception cref="NotFiniteException">The network's outputs are NaN or infinite.</exception>
    public IReadOnlyList<Prediction> Predict(Tensor input, ScoreActivation activation = ScoreActivation.Auto)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.shape.Length != 4 || input.shape.Any(d => d < 1))
        {
            throw new CamException($"The input has shape [{string.Join(',', input.shape)}]; images [N,C,H,W] are expected.");
        }

        lock (_network)
        {
            try
            {
                ProcessorGate.Pass(input);
                using DisposeScope scope = NewDisposeScope();
                using IDisposable none = no_grad();
                using ModelState state = new(model, _nodes.Select(n => n.Module));
                using LogitReader reader = new(model, _nodes);
                float[][] logits = ReadLogits(reader.Read(model.call(input.alias()), input.shape[0]), (int)input.shape[0], needsLogits: true);
                if (logits.FirstOrDefault(l => !NotFiniteSearch.AreUsable(l)) is { } broken)
                {
                    throw NotFiniteSearch.Explain(model, _nodes, input, Precision.Float32, NotFiniteSearch.Describe(broken));
                }

                (ScoreActivation chosen, string? reason) = ScoreActivations.Choose(activation, reader.FinalActivation, logits[0]);
                return [.. logits.Select(l => new Prediction(l, chosen, reason))];
            }
            finally
            {
                TorchThreads.Release();
            }
        }
    }

    /// <summary>Computes the maps of one image.</summary>
    /// <param name="input">[1,C,H,W], normalised as the network expects it; not changed.</param>
    /// <param name="options">What to compute; null for GradCAM of the top class at all layers.</param>
    /// <param name="progress">Told after each map, from the thread of the call.</param>
    /// <param name="cancellation">Looked at before and after each layer.</param>
    /// <exception cref="CamException">The input or the network's output has another shape, or the target does not exist.</exception>
    /// <exception cref="NotFiniteException">The network's outputs or the target's score are NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public CamResult Run(Tensor input, CamOptions? options = null, IProgress<CamProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new CamOptions();
        ArgumentNullException.ThrowIfNull(input);
        if (input.shape is not [1, _, _, _])
        {
            throw new CamException($"The input has shape [{string.Join(',', input.shape)}]; one image [1,C,H,W] is expected. Use {nameof(RunBatch)} for several.");
        }

        return RunBatch(input, options, [options.Target], progress, cancellation)[0];
    }

    /// <summary>Computes the maps of several images in one pass.</summary>
    /// <param name="input">[N,C,H,W]; not changed.</param>
    /// <param name="options">What to compute; its target is not used.</param>
    /// <param name="targets">A target for each image.</param>
    /// <param name="progress">Told after each layer, from the thread of the call.</param>
    /// <param name="cancellation">Looked at before and after each layer.</param>
    /// <returns>A result for each image.</returns>
    /// <exception cref="CamException">The input or the network's output has another shape, or a target does not exist.</exception>
    /// <exception cref="NotFiniteException">The network's outputs or a target's score are NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public IReadOnlyList<CamResult> RunBatch(Tensor input, CamOptions options, IReadOnlyList<Target> targets, IProgress<CamProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(targets);
        return [.. RunPasses(input, options, [options.Method], [[.. targets]], progress, cancellation)[0][0]];
    }

    /// <summary>Computes the maps of one image for several targets and by several methods: one forward, and one backward a target.</summary>
    /// <param name="input">[1,C,H,W]; not changed.</param>
    /// <param name="methods">One or more; those that perturb run after the others.</param>
    /// <param name="targets">One or more.</param>
    /// <param name="options">What else to compute; its method and target are not used. Null for the defaults.</param>
    /// <param name="progress">Told after each map (of a layer and target; of each method by itself where it perturbs), from the thread of the call.</param>
    /// <param name="cancellation">Looked at before and after each layer and each batch.</param>
    /// <returns>results[target][method], in the order of <paramref name="targets"/> and <paramref name="methods"/>. Each result equals that of <see cref="Run"/>.</returns>
    /// <exception cref="ArgumentException">There is no method or no target.</exception>
    /// <exception cref="CamException">The input or the network's output has another shape, or a target does not exist.</exception>
    /// <exception cref="NotFiniteException">The network's outputs or a target's score are NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was cancelled.</exception>
    public IReadOnlyList<IReadOnlyList<CamResult>> RunMany(
        Tensor input, IReadOnlyList<CamMethod> methods, IReadOnlyList<Target> targets, CamOptions? options = null, IProgress<CamProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(targets);
        if (methods.Count == 0 || targets.Count == 0)
        {
            throw new ArgumentException($"{methods.Count} methods and {targets.Count} targets were given; at least one of each is expected.");
        }

        if (input.shape is not [1, _, _, _])
        {
            throw new CamException($"The input has shape [{string.Join(',', input.shape)}]; one image [1,C,H,W] is expected.");
        }

        CamResult[][][] results = RunPasses(input, options ?? new CamOptions(), [.. methods], [.. targets.Select(t => new[] { t })], progress, cancellation);
        return [.. results.Select(ofTarget => (IReadOnlyList<CamResult>)[.. ofTarget.Select(ofMethod => ofMethod[0])])];
    }

    /// <summary>results[pass][method][image]; a pass has a target for each image.</summary>
    private CamResult[][][] RunPasses(Tensor input, CamOptions options, CamMethod[] methods, Target[][] passes, IProgress<CamProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.shape.Length != 4 || input.shape.Any(d => d < 1))
        {
            throw new CamException($"The input has shape [{string.Join(',', input.shape)}]; images [N,C,H,W] are expected.");
        }

        if (passes[0].Length != input.shape[0])
        {
            throw new CamException($"{passes[0].Length} targets were given for {input.shape[0]} images; one for each is expected.");
        }

        if (options is { ChannelLimit: < 1 } or { BatchSize: < 1 })
        {
            throw new CamException($"A channel limit of {options.ChannelLimit} and a batch size of {options.BatchSize} were asked for; both are 1 or more, or not given.");
        }

        if (!Enum.IsDefined(options.Precision) || !Enum.IsDefined(options.MemoryFormat))
        {
            throw new CamException($"There is no precision {(int)options.Precision} or no memory format {(int)options.MemoryFormat}; float32 and bfloat16, contiguous and channels-last exist.");
        }

        if (options.AugmentationSmoothing)
        {
            return Augmentation.Run(input, options, passes, (versions, plain, targets) => RunPasses(versions, plain, methods, targets, progress, cancellation));
        }

        if (!(options.TopPercent is > 0 and <= 100))
        {
            throw new CamException($"MetaCAM was to take the top {options.TopPercent} % of the positions; above 0 and up to 100 is expected.");
        }

        MethodPlan plan = new(methods, passes, options);
        if (options.Finished.Count > 0 && (passes.Length > 1 || passes[0].Length > 1 || plan.Methods.Count(m => m is RerunMethod) > 1))
        {
            throw new CamException($"Finished maps of {options.Finished.Count} layers were given, and several methods, targets or images; they do not say whose they are. Run one method for one target of one image.");
        }

        lock (_network)
        {
            try
            {
                return RunOnce(input, options, plan, progress, cancellation);
            }
            finally
            {
                // The next run may come from another thread.
                TorchThreads.Release();
            }
        }
    }

    private CamResult[][][] RunOnce(Tensor input, CamOptions options, MethodPlan plan, IProgress<CamProgress>? progress, CancellationToken cancellation)
    {
        if (!InPlaceModels.Contains(model))
        {
            try
            {
                return RunOnce(input, options, plan, isCloning: false, progress, cancellation);
            }
            catch (ExternalException error) when (InPlaceModels.IsRefusal(error))
            {
                InPlaceModels.Add(model);
            }
        }

        return RunOnce(input, options, plan, isCloning: true, progress, cancellation);
    }

    private CamResult[][][] RunOnce(Tensor input, CamOptions options, MethodPlan plan, bool isCloning, IProgress<CamProgress>? progress, CancellationToken cancellation)
    {
        ProcessorGate.Pass(input, options.Precision);
        using ModelState state = new(model, _nodes.Select(n => n.Module));
        using CaptureRun run = new(_nodes, input, options, plan, NetworkSurvey.Find(model, _nodes, input), isCloning, progress, cancellation);
        // A caller may be in inference mode, in which autograd records nothing; tensors made there cannot be recorded later, their copies can.
        bool isInference = is_inference_mode_enabled();
        using IDisposable recording = inference_mode(false);
        using IDisposable gradients = enable_grad();
        using LogitReader reader = new(model, _nodes);
        Tensor output;
        using (Autocast.For(options.Precision, input))
        {
            output = model.call(run.TapInput(InputLayout.Arrange(isInference ? input.clone() : input.detach(), options.MemoryFormat)));
        }

        Tensor outputLogits = reader.Read(output, input.shape[0]);
        bool needsLogits = plan.Passes.Any(pass => pass.Any(target => target.NeedsLogits));
        float[][] logits = ReadLogits(outputLogits, (int)input.shape[0], needsLogits);
        if (needsLogits && logits.FirstOrDefault(l => !NotFiniteSearch.AreUsable(l)) is { } broken)
        {
            run.RemoveHooks();
            throw NotFiniteSearch.Explain(model, _nodes, input, options.Precision, NotFiniteSearch.Describe(broken));
        }

        (ScoreActivation activation, string? activationReason) = logits[0].Length == 0 ? (options.Activation, null) : ScoreActivations.Choose(options.Activation, reader.FinalActivation, logits[0]);
        options = options with { Activation = activation };

        if (run.HasDoubtfulSource)
        {
            run.RemoveHooks();
            reader.IsListening = false;
            run.LeaveOutIndependent(NetworkSurvey.Of(model, _nodes, input));
        }

        TargetScore[][] targets = [.. plan.Passes.Select(pass => pass.Select((target, n) => target.Resolve(logits[n])).ToArray())];
        double[][] scores = [.. targets.Select((ofPass, pass) => Backward(run, output, outputLogits, ofPass, pass))];
        if (run.Error is { } error)
        {
            throw error is OperationCanceledException ? new OperationCanceledException(error.Message, error, cancellation) : new CamException($"A layer's map could not be computed: {error.Message}", error);
        }

        if (scores.SelectMany(ofPass => ofPass).FirstOrDefault(score => !double.IsFinite(score), 0) is var bad && bad != 0)
        {
            run.RemoveHooks();
            throw NotFiniteSearch.Explain(model, _nodes, input, options.Precision, $"The score of the target is {bad}");
        }

        cancellation.ThrowIfCancellationRequested();
        run.FinishMaps();
        if (run.KeepsActivations)
        {
            run.RemoveHooks();
            PerturbationRun perturbation = new(model, _nodes, run, input, options, cancellation);
            for (int m = 0; m < plan.Methods.Length; m++)
            {
                for (int pass = 0; pass < plan.Passes.Length && plan.Methods[m] is RerunMethod method; pass++)
                {
                    if (plan.Needs(pass, m))
                    {
                        perturbation.Fill(method, m, pass, targets[pass], scores[pass]);
                    }
                }
            }
        }

        return plan.Collect((int)input.shape[0], (pass, m, n) => Collect(run, pass, m, n, logits[n], targets[pass][n].ClassIndex, plan.Methods[m], options, input) with { ActivationReason = activationReason });
    }

    /// <summary>Logits of every image; empty where the network returns something else and no target minds.</summary>
    private static float[][] ReadLogits(Tensor output, int images, bool needsLogits)
    {
        if (output.shape.Length == 0 || output.shape[0] != images || (output.shape.Length != 2 && needsLogits))
        {
            throw new CamException($"The network returned shape [{string.Join(',', output.shape)}]; logits [{images},K] are expected. For other outputs use {nameof(Target)}.{nameof(Target.Function)}.");
        }

        if (output.shape.Length != 2)
        {
            return [.. Enumerable.Range(0, images).Select(_ => Array.Empty<float>())];
        }

        int classes = (int)output.shape[1];
        Tensor logits = output.detach().to(ScalarType.Float32, CPU).contiguous();
        float[] values = MemoryMarshal.Cast<byte, float>(logits.bytes).ToArray();
        return [.. Enumerable.Range(0, images).Select(n => values[(n * classes)..((n + 1) * classes)])];
    }

    /// <summary>Runs the backward of one pass; returns the value of each image's score.</summary>
    private static double[] Backward(CaptureRun run, Tensor output, Tensor logits, TargetScore[] targets, int pass)
    {
        run.BeginPass(pass);
        Tensor[] scores = [.. targets.Select((target, n) => target.Of((target.TakesOutput && output.shape is [var images, ..] && images == targets.Length ? output : logits)[n]))];
        Tensor sum = scores[0];
        for (int n = 1; n < scores.Length; n++)
        {
            sum = sum.Plus(scores[n]);
        }

        // The graph outlives all passes but the last.
        if (sum.requires_grad && run.Error is null)
        {
            sum.backward(retain_graph: !run.IsLastPass);
        }

        return [.. scores.Select(score => score.detach().to(ScalarType.Float64).item<double>())];
    }

    private static CamResult Collect(CaptureRun run, int pass, int index, int image, float[] logits, int classIndex, MapMethod method, CamOptions options, Tensor input)
    {
        List<LayerMap> frames = [];
        List<LayerReport> layers = [];
        foreach ((LayerReport report, TapMap[]? maps) in run.Records(pass, index))
        {
            layers.Add(report);
            if (maps is not null)
            {
                frames.Add(ToLayerMap(report, maps[image]));
            }
        }

        AddWhole(method, layers, frames, input);
        return new CamResult
        {
            Frames = [],
            Layers = layers,
            Logits = logits,
            ClassIndex = classIndex,
            Probability = classIndex < 0 ? float.NaN : ScoreActivations.At(options.Activation, logits, classIndex),
            Activation = options.Activation,
            Method = method.Description.Method,
            ChannelLimit = method.Description.ForwardsPerChannel > 0 ? options.ChannelLimit : null,
            InputHeight = (int)input.shape[2],
            InputWidth = (int)input.shape[3],
            GlobalMinimum = 0,
            GlobalMaximum = 0,
        }.With(frames);
    }

    /// <summary>Gives the network's own frame the method's map of the network as a whole, where there is one.</summary>
    private static void AddWhole(MapMethod method, List<LayerReport> layers, List<LayerMap> frames, Tensor input)
    {
        (int height, int width) = ((int)input.shape[2], (int)input.shape[3]);
        int root = layers.FindIndex(l => l.Name.Length == 0);
        if (root < 0 || layers[root].IsKept || frames.Count == 0 || method.Aggregate(frames, height, width) is not { } whole)
        {
            return;
        }

        layers[root] = layers[root] with { SkipReason = null };
        frames.Insert(layers.Take(root).Count(l => l.IsKept), ToLayerMap(layers[root], TapMap.Create(1, height, width, whole, height, width)));
    }

    private static LayerMap ToLayerMap(LayerReport report, TapMap map) => new()
    {
        Name = report.Name,
        ModuleClass = report.ModuleClass,
        Channels = map.Channels,
        Height = map.Height,
        Width = map.Width,
        SignedMap = map.Signed,
        Map = map.Map,
        Minimum = map.Minimum,
        Maximum = map.Maximum,
        HasNonFinite = map.HasNonFinite,
        Parameters = report.Parameters,
    };
}
