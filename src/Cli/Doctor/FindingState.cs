using System.Text.Json.Serialization;

namespace CAManim.Native.Cli.Doctor;

/// <summary>How something is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
internal enum FindingState
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, could be better.</summary>
    Note,

    /// <summary>Something will not work.</summary>
    Problem,
}
