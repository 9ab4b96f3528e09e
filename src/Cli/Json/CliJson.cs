using System.Text.Json.Serialization;

namespace CAManim.Native.Cli.Json;

/// <summary>All JSON of the tool: camelCase, indented, every field always there.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunReport))]
[JsonSerializable(typeof(CompareReport))]
[JsonSerializable(typeof(PredictReport))]
[JsonSerializable(typeof(PredictReport[]))]
[JsonSerializable(typeof(LayersReport))]
[JsonSerializable(typeof(ModelsReport))]
[JsonSerializable(typeof(MethodsReport))]
[JsonSerializable(typeof(EvaluateReport))]
[JsonSerializable(typeof(DoctorReport))]
[JsonSerializable(typeof(ProgressLine))]
internal sealed partial class CliJson : JsonSerializerContext;
