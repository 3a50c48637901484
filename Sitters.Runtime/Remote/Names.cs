using System.Text.Json;

namespace Sitters.Runtime.Remote;

/// <summary>The names in answers, encoded once.</summary>
internal static class Names
{
    public static readonly JsonEncodedText Age = JsonEncodedText.Encode("age");
    public static readonly JsonEncodedText At = JsonEncodedText.Encode("at");
    public static readonly JsonEncodedText Attempt = JsonEncodedText.Encode("attempt");
    public static readonly JsonEncodedText Awaits = JsonEncodedText.Encode("awaits");
    public static readonly JsonEncodedText Call = JsonEncodedText.Encode("call");
    public static readonly JsonEncodedText Calls = JsonEncodedText.Encode("calls");
    public static readonly JsonEncodedText Children = JsonEncodedText.Encode("children");
    public static readonly JsonEncodedText Control = JsonEncodedText.Encode("control");
    public static readonly JsonEncodedText Done = JsonEncodedText.Encode("done");
    public static readonly JsonEncodedText DryRun = JsonEncodedText.Encode("dryRun");
    public static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");
    public static readonly JsonEncodedText File = JsonEncodedText.Encode("file");
    public static readonly JsonEncodedText For = JsonEncodedText.Encode("for");
    public static readonly JsonEncodedText From = JsonEncodedText.Encode("from");
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText Identity = JsonEncodedText.Encode("identity");
    public static readonly JsonEncodedText Ids = JsonEncodedText.Encode("ids");
    public static readonly JsonEncodedText Interrupt = JsonEncodedText.Encode("interrupt");
    public static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");
    public static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
    public static readonly JsonEncodedText Method = JsonEncodedText.Encode("method");
    public static readonly JsonEncodedText Methods = JsonEncodedText.Encode("methods");
    public static readonly JsonEncodedText More = JsonEncodedText.Encode("more");
    public static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    public static readonly JsonEncodedText Parent = JsonEncodedText.Encode("parent");
    public static readonly JsonEncodedText Paused = JsonEncodedText.Encode("paused");
    public static readonly JsonEncodedText Pid = JsonEncodedText.Encode("pid");
    public static readonly JsonEncodedText Rate = JsonEncodedText.Encode("rate");
    public static readonly JsonEncodedText Reason = JsonEncodedText.Encode("reason");
    public static readonly JsonEncodedText Repeated = JsonEncodedText.Encode("repeated");
    public static readonly JsonEncodedText Restarts = JsonEncodedText.Encode("restarts");
    public static readonly JsonEncodedText Runtime = JsonEncodedText.Encode("runtime");
    public static readonly JsonEncodedText Scope = JsonEncodedText.Encode("scope");
    public static readonly JsonEncodedText Settings = JsonEncodedText.Encode("settings");
    public static readonly JsonEncodedText Sitters = JsonEncodedText.Encode("sitters");
    public static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    public static readonly JsonEncodedText Standing = JsonEncodedText.Encode("standing");
    public static readonly JsonEncodedText Started = JsonEncodedText.Encode("started");
    public static readonly JsonEncodedText State = JsonEncodedText.Encode("state");
    public static readonly JsonEncodedText StillPaused = JsonEncodedText.Encode("stillPaused");
    public static readonly JsonEncodedText Unwoven = JsonEncodedText.Encode("unwoven");
    public static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    public static readonly JsonEncodedText Verb = JsonEncodedText.Encode("verb");
    public static readonly JsonEncodedText Version = JsonEncodedText.Encode("version");
    public static readonly JsonEncodedText Wait = JsonEncodedText.Encode("wait");
    public static readonly JsonEncodedText Waits = JsonEncodedText.Encode("waits");
}
