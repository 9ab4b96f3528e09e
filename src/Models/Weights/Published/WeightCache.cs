using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CAManim.Native.Models.Weights;

/// <summary>Published weight files, downloaded once: resumed after an interruption, verified by their hash, safe when several processes ask at once.</summary>
public static class WeightCache
{
    private const int BufferSize = 1 << 16;

    /// <summary>A server that sends nothing for so long counts as a broken connection.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>Finds the file in the cache, or downloads it.</summary>
    /// <param name="weights">The file.</param>
    /// <param name="options">Null: torchvision's address and torch hub's folder.</param>
    /// <returns>The path of the whole, verified file. A file that lies there already is trusted, as torch hub does.</returns>
    /// <exception cref="WeightFileException">It is not there and cannot be downloaded, or is not what its name says.</exception>
    /// <exception cref="OperationCanceledException">The token asked for it.</exception>
    public static string Fetch(PublishedWeights weights, DownloadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        options ??= new DownloadOptions();
        string path = Path.Combine(options.CacheFolder, weights.FileName);
        if (File.Exists(path))
        {
            return path;
        }

        var address = new Uri(options.BaseAddress, weights.FileName);
        if (options.IsOffline)
        {
            throw new WeightFileException($"The weights {weights.Variant} of {weights.Network} are not in the cache, and downloads are switched off. Put {address} at '{path}', or run once without --offline.");
        }

        try
        {
            Directory.CreateDirectory(options.CacheFolder);
            using FileStream held = Lock(path + ".lock", options.CancellationToken);
            if (!File.Exists(path))
            {
                Download(weights, address, path, options);
            }
        }
        catch (Exception e) when (e is (IOException and not WeightFileException) or UnauthorizedAccessException)
        {
            throw new WeightFileException($"The weights {weights.Variant} of {weights.Network} cannot be kept at '{path}': {e.Message} Set TORCH_HOME to a writable folder with room.", e);
        }

        return path;
    }

    /// <summary>One process downloads, the others wait for it; the system frees the lock of a process that ends. The file stays: deleting it would let two hold it.</summary>
    private static FileStream Lock(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException) when (File.Exists(path))
            {
                cancellation.ThrowIfCancellationRequested();
                Thread.Sleep(100);
            }
        }
    }

    private static void Download(PublishedWeights weights, Uri address, string path, DownloadOptions options)
    {
        string partial = path + ".partial";
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                Receive(client, address, partial, weights.FileName, options);
                break;
            }
            catch (Exception e) when (IsBroken(e) && attempt < options.Attempts)
            {
                options.CancellationToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100 * attempt));
                options.CancellationToken.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (IsBroken(e) || e is HttpRequestException)
            {
                throw new WeightFileException($"{address} cannot be downloaded: {e.Message} Check the connection (what has arrived is kept and resumed), or put the file at '{path}'.", e);
            }
        }

        Verify(weights, address, partial);
        File.Move(partial, path, overwrite: true);
    }

    /// <summary>The connection, not the answer or the disk.</summary>
    private static bool IsBroken(Exception e) =>
        e is HttpRequestException { StatusCode: null } or HttpIOException or TimeoutException or IOException { InnerException: SocketException };

    private static void Receive(HttpClient client, Uri address, string partial, string name, DownloadOptions options)
    {
        using FileStream file = new(partial, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, BufferSize);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (file.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(file.Length, null);
        }

        using var silence = CancellationTokenSource.CreateLinkedTokenSource(options.CancellationToken);
        silence.CancelAfter(Silence);
        try
        {
            using HttpResponseMessage response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
            {
                // The whole file is here already, or not a piece of this one: its hash tells.
                return;
            }

            response.EnsureSuccessStatusCode();

            // A server that ignores the range sends everything again.
            file.SetLength(response.StatusCode == HttpStatusCode.PartialContent ? file.Length : 0);
            file.Seek(0, SeekOrigin.End);
            long? total = response.Content.Headers.ContentLength + file.Length;
            Copy(response, file, total, name, options, silence);
            if (total is { } expected && file.Length < expected)
            {
                throw new HttpRequestException($"The connection ended after {file.Length} of {expected} bytes.");
            }
        }
        catch (OperationCanceledException) when (!options.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"The server sent nothing for {Silence.TotalSeconds:F0} s.");
        }
    }

    private static void Copy(HttpResponseMessage response, FileStream file, long? total, string name, DownloadOptions options, CancellationTokenSource silence)
    {
        using Stream body = response.Content.ReadAsStream(silence.Token);
        byte[] buffer = new byte[BufferSize];
        while (true)
        {
            // The synchronous read of a response knows no token.
            int count = body.ReadAsync(buffer, silence.Token).AsTask().GetAwaiter().GetResult();
            if (count == 0)
            {
                return;
            }

            file.Write(buffer.AsSpan(0, count));
            silence.CancelAfter(Silence);
            options.Progress?.Report(new DownloadProgress(name, file.Length, total));
        }
    }

    private static void Verify(PublishedWeights weights, Uri address, string partial)
    {
        string hash;
        using (FileStream file = File.OpenRead(partial))
        {
            hash = Convert.ToHexStringLower(SHA256.HashData(file));
        }

        if (!hash.StartsWith(weights.HashPrefix, StringComparison.Ordinal))
        {
            File.Delete(partial);
            throw new WeightFileException($"{address} is not what its name says: its SHA-256 starts with {hash[..weights.HashPrefix.Length]}, expected {weights.HashPrefix}. It was deleted; try again, and check for a proxy that answers in the server's place.");
        }
    }
}
