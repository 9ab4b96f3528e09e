using System.Globalization;
using CAManim.Native.Engine.Results;
using CAManim.Native.Engine.Road;

namespace CAManim.Native.Cli.Running;

/// <summary>One picture, explained.</summary>
/// <param name="Picture">Its name.</param>
/// <param name="Shown">The picture under the maps.</param>
/// <param name="Target">What is explained.</param>
/// <param name="Predicted">The class that the network takes it for.</param>
/// <param name="Truth">What it shows, or null.</param>
/// <param name="Maps">The maps.</param>
/// <param name="Road">Their scores, or null.</param>
internal sealed record FigureCase(string Picture, ShownPicture Shown, string Target, string Predicted, string? Truth, CamResult Maps, YbRoadResult? Road)
{
    /// <summary>Whether the network takes it for what it shows; null where that is not known.</summary>
    public bool? IsRight => Truth is null ? null : Truth == Predicted;

    /// <summary>Picture and target, or where it is known what it shows: whether the network is right.</summary>
    public string Name => IsRight switch
    {
        true => $"{Picture}: {Predicted}, right",
        false => $"{Picture}: {Predicted}, is {Truth}",
        null => Picture,
    };

    /// <summary>Target and its score.</summary>
    public string Detail => $"{Target} {Scores.Text(Maps)}";
}
