using System.CommandLine;
using CAManim.Native.Cli.Errors;
using CAManim.Native.Cli.Running;
using CAManim.Native.Models.Images;
using CAManim.Native.Server;

namespace CAManim.Native.Cli.Options;

/// <summary>Where a server listens and what it takes.</summary>
internal sealed class ServerOptionGroup
{
    /// <summary>Environment variable that holds the token, so that it need not stand in the list of processes.</summary>
    public const string TokenVariable = "CAMANIM_TOKEN";

    private const int Mebibyte = 1 << 20;

    private readonly Option<string> _listen = new("--listen") { Description = "Address and port. Others than 127.0.0.1 and ::1 can be reached from other machines and need a token.", HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => "127.0.0.1:8080" };
    private readonly Option<string?> _token = new("--token") { Description = $"What every request must bring: 'Authorization: Bearer TOKEN', or /?token=TOKEN once in a browser. Default: the variable {TokenVariable}.", HelpName = "TOKEN" };
    private readonly Option<int> _queue = new("--queue") { Description = "Images that are taken at once, the one at work included; more are answered 503.", HelpName = "N", DefaultValueFactory = _ => 8 };
    private readonly Option<double> _timeout = new("--timeout") { Description = "Seconds until an image that is not done is answered 504.", HelpName = "SECONDS", DefaultValueFactory = _ => 30 };
    private readonly Option<int> _body = new("--body-limit") { Description = "Largest body of a request, in MiB.", HelpName = "MIB", DefaultValueFactory = _ => 16 };
    private readonly Option<string> _resize = Choice.Option("--resize", "stretch: to a square, as the paper does; crop: shorter side to 256/224, then the middle, as torchvision does.", "stretch", "stretch", "crop");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_listen, _token, _queue, _timeout, _body, _resize])
        {
            command.Add(option);
        }
    }

    public ResizeMode Resize(ParseResult parsed) => Enum.Parse<ResizeMode>(parsed.GetValue(_resize)!, ignoreCase: true);

    /// <exception cref="UsageException">An address or a limit is none, or a token is missing.</exception>
    public ServerOptions Read(ParseResult parsed)
    {
        double seconds = parsed.GetValue(_timeout);
        int mebibytes = parsed.GetValue(_body);
        if (parsed.GetValue(_queue) < 1 || !(seconds is > 0 and < 86400) || mebibytes is < 1 or > 1024)
        {
            throw new UsageException($"--queue {parsed.GetValue(_queue)}, --timeout {seconds} or --body-limit {mebibytes} is out of its range. Give at least 1 image, up to a day, and 1 to 1024 MiB.");
        }

        string? token = parsed.GetValue(_token) ?? Environment.GetEnvironmentVariable(TokenVariable);
        ServerOptions options = new()
        {
            Listen = Usage.Check(() => ListenAddress.Parse(parsed.GetValue(_listen)!)),
            Token = string.IsNullOrEmpty(token) ? null : token,
            QueueLength = parsed.GetValue(_queue),
            Timeout = TimeSpan.FromSeconds(seconds),
            BodyLimitInBytes = (long)mebibytes * Mebibyte,
            Resize = Resize(parsed),
        };
        return Usage.Check(() =>
        {
            options.Check();
            return options;
        });
    }
}
