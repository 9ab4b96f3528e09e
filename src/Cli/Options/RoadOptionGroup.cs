using System.CommandLine;
using System.Globalization;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Engine.Road;

namespace CAManim.Native.Cli.Options;

/// <summary>How layers are scored by ROAD.</summary>
internal sealed class RoadOptionGroup
{
    private readonly Option<bool> _road = new("--road") { Description = "Score every map by ROAD (docs/ybroad.md): on every frame, as a curve under them, in the report." };
    private readonly Option<string> _mode = Choice.Option("--road-mode", "exact: remove exactly as many pixels as the percentile says; reference: as the published Python code does.", "exact", "exact", "reference");
    private readonly Option<float> _noise = new("--road-noise") { Description = "Deviation of the noise on imputed pixels, in units of the normalised input.", HelpName = "SIGMA", DefaultValueFactory = _ => 0.01f };
    private readonly Option<int> _trials;
    private readonly Option<string> _precision;
    private readonly Option<string> _percentiles = new("--road-percentiles") { Description = "Percentages of the pixels that are kept.", HelpName = "P,P,...", DefaultValueFactory = _ => "20,40,60,80" };
    private readonly bool _isAsked;

    /// <param name="isAlways">Whether the command scores anyway: it has no --road then, and --road-trials and --road-precision are --trials and --precision.</param>
    public RoadOptionGroup(bool isAlways = false)
    {
        _isAsked = !isAlways;
        _trials = new Option<int>(isAlways ? "--trials" : "--road-trials") { Description = "How often every image is scored, each time with other noise.", HelpName = "N", DefaultValueFactory = _ => 1 };
        _precision = Choice.Option(isAlways ? "--precision" : "--road-precision", "What the forwards compute in: f32, as the network is; bf16, faster where the processor multiplies it, scores change in the third digit.", "f32", "f32", "bf16");
    }

    private Option[] Details => [_mode, _noise, _trials, _percentiles, _precision];

    public void AddTo(Command command)
    {
        if (_isAsked)
        {
            command.Add(_road);
        }

        foreach (Option option in Details)
        {
            command.Add(option);
        }
    }

    /// <param name="parsed">The command line.</param>
    /// <param name="seed">Seed of the noise.</param>
    /// <param name="isWanted">Whether there are to be scores even without --road.</param>
    /// <returns>Null where no scores are asked for.</returns>
    /// <exception cref="UsageException">A value is out of range, or --road is missing beside its details.</exception>
    public RoadOptions? Read(ParseResult parsed, ulong seed, bool isWanted = false)
    {
        if (_isAsked && !isWanted && !parsed.GetValue(_road))
        {
            return Details.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } detail
                ? throw new UsageException($"{detail.Name} says how maps are scored, which was not asked for. Give --road too.")
                : null;
        }

        float noise = parsed.GetValue(_noise);
        if (!(noise >= 0 && float.IsFinite(noise)))
        {
            throw new UsageException($"{_noise.Name} {noise} is out of range. Give a deviation of 0 or more, for instance 0.01.");
        }

        int trials = parsed.GetValue(_trials);
        if (trials < 1)
        {
            throw new UsageException($"{_trials.Name} {trials} is out of range. Give 1 or more.");
        }

        return new RoadOptions
        {
            Mode = Enum.Parse<RoadMode>(parsed.GetValue(_mode)!, ignoreCase: true),
            Noise = noise,
            Trials = trials,
            Percentiles = ReadPercentiles(parsed.GetValue(_percentiles)!),
            Seed = seed,
            Precision = Choice.Precision(parsed.GetValue(_precision)!),
        };
    }

    private double[] ReadPercentiles(string text)
    {
        List<double> values = [];
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value > 0 && value < 100) || values.Contains(value))
            {
                throw new UsageException($"{_percentiles.Name} '{text}' are no percentages. Give numbers above 0 and below 100, no two equal, for instance 20,40,60,80.");
            }

            values.Add(value);
        }

        return [.. values];
    }
}
