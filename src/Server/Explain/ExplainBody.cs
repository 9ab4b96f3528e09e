using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CAManim.Native.Server.Explain;

/// <summary>The picture of a request: the body itself, or the one file of a form.</summary>
internal static class ExplainBody
{
    /// <exception cref="RequestException">There is no picture, or the form is damaged.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large or too slow; has its own status.</exception>
    public static async Task<(byte[] Image, IFormCollection? Form)> Read(HttpRequest request, ServerOptions options, CancellationToken cancellation)
    {
        if (!request.HasFormContentType)
        {
            byte[] body = await ReadAll(request.Body, request.ContentLength, options, cancellation).ConfigureAwait(false);
            return body.Length > 0 ? (body, null) : throw Bad("The body is empty. Send a PNG, JPEG, WebP, BMP or GIF image as it is, or a form with a file.");
        }

        IFormCollection form;
        try
        {
            FormOptions limits = new() { MultipartBodyLengthLimit = options.BodyLimitInBytes, MemoryBufferThreshold = (int)Math.Min(options.BodyLimitInBytes, int.MaxValue), ValueCountLimit = 16, ValueLengthLimit = 4096 };
            form = await request.ReadFormAsync(limits, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw Bad($"The form cannot be read: {error.Message}");
        }

        if (form.Files is not [var file])
        {
            throw Bad($"The form has {form.Files.Count} files; send one, the picture.");
        }

        using Stream stream = file.OpenReadStream();
        byte[] image = await ReadAll(stream, file.Length, options, cancellation).ConfigureAwait(false);
        return image.Length > 0 ? (image, form) : throw Bad("The file of the form is empty.");
    }

    private static async Task<byte[]> ReadAll(Stream stream, long? length, ServerOptions options, CancellationToken cancellation)
    {
        // A length that is promised is not believed beyond the limit.
        using MemoryStream memory = new((int)Math.Clamp(length ?? 0, 0, Math.Min(options.BodyLimitInBytes, 1 << 20)));
        await stream.CopyToAsync(memory, cancellation).ConfigureAwait(false);
        return memory.ToArray();
    }

    private static RequestException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
