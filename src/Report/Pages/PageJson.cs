using System.Text.Json.Serialization;

namespace CAManim.Native.Report.Pages;

/// <summary>The standard encoder escapes &lt;, so that no name can end the element that holds the data.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PageData))]
internal sealed partial class PageJson : JsonSerializerContext;
