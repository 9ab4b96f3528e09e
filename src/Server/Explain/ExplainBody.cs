using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CAManim.Native.Server.Explain;

/// <summary>The picture of a request: the body itself, or the one file of a form.</summary>
internal static class ExplainBody
{
    private const int PartSize = 64 << 10;

    /// <summary>Reads the body whole, and a form from what was read: a client that is slow holds its place among the transfers and nothing else.</summary>
    /// <exception cref="RequestException">There is no picture, the form is damaged, or there is no memory for it now.</exception>
    /// <exception cref="BadHttpRequestException">The body is too large or too slow; has its own status.</exception>
    public static async Task<(byte[] Image, IFormCollection? Form)> Read(HttpRequest request, Transfer transfer, ServerOptions options, CancellationToken cancellation)
    {
        MemoryStream body = await ReadAll(request, transfer, options.BodyLimitInBytes, cancellation).ConfigureAwait(false);
        transfer.Arrive();
        if (!request.HasFormContentType)
        {
            return body.Length > 0 ? (body.ToArray(), null) : throw Bad("The body is empty. Send a PNG, JPEG, WebP, TIFF, BMP or GIF image as it is, or a form with a file.");
        }

        IFormCollection form = await ReadForm(request, body, options, cancellation).ConfigureAwait(false);
        if (form.Files is not [var file])
        {
            throw Bad($"The form has {form.Files.Count} files; send one, the picture.");
        }

        if (file.Length == 0)
        {
            throw Bad("The file of the form is empty.");
        }

        byte[] image = new byte[file.Length];
        using Stream stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(image, cancellation).ConfigureAwait(false);
        return (image, form);
    }

    // What is a little too large is refused here, before the server's own limit: the server then reads on for a moment, so that the answer
    // reaches a client that still sends.
    private static async Task<MemoryStream> ReadAll(HttpRequest request, Transfer transfer, long limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        MemoryStream body = new();
        byte[] part = new byte[PartSize];
        while (true)
        {
            int length = await request.Body.ReadAsync(part, cancellation).ConfigureAwait(false);
            if (length == 0)
            {
                body.Position = 0;
                return body;
            }

            transfer.Move(length);
            if (body.Length + length > limit)
            {
                throw TooLarge(limit);
            }

            // What is kept, and what decoding and forms copy of it.
            if (!transfer.TryTake(2 * length))
            {
                throw new RequestException(StatusCodes.Status503ServiceUnavailable, "The bodies of other requests fill the memory that there is for them. Try again in a moment.");
            }

            body.Write(part, 0, length);
        }
    }

    private static async Task<IFormCollection> ReadForm(HttpRequest request, MemoryStream body, ServerOptions options, CancellationToken cancellation)
    {
        try
        {
            request.Body = body;
            FormOptions limits = new() { MultipartBodyLengthLimit = options.BodyLimitInBytes, MemoryBufferThreshold = (int)Math.Min(options.BodyLimitInBytes, int.MaxValue), ValueCountLimit = 16, ValueLengthLimit = 4096 };
            return await request.ReadFormAsync(limits, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw Bad($"The form cannot be read: {error.Message}");
        }
    }

    /// <summary>The refusal of a body above the limit.</summary>
    public static RequestException TooLarge(long limit) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The body is larger than {limit} bytes. Scale the picture down, or start the service with a larger --body-limit.");

    private static RequestException Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
