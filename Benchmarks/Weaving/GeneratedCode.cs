using System.Globalization;
using System.Text;

namespace Benchmarks.Weaving;

/// <summary>Code with as many sat methods as are asked for, of the kinds that programs have.</summary>
internal static class GeneratedCode
{
    private const int MethodsOfClass = 20;

    private const string Bare = """
            [Sit]
            public async Task<int> Work{0}(int number)
            {{
                await Task.Yield();
                return number + {0};
            }}
        """;

    // Each in its turn.
    private static readonly string[] _kinds =
    [
        """
            [Sit(TimeoutSeconds = 3, OnTimeout = SitOutcome.Throw)]
            public async Task<int> Work{0}(int number, CancellationToken token)
            {{
                await Task.Delay(number, token);
                return await Helper{0}(number) + 1;
            }}

            private async Task<int> Helper{0}(int number)
            {{
                await Task.Yield();
                return number * 2;
            }}
        """,
        """
            [Sit(
                MaxAttempts = 3, RetryDelaySeconds = 0.1, RetryBackoff = Polly.DelayBackoffType.Exponential,
                RetryOn = [typeof(IOException)])]
            public async Task<string> Work{0}(string file)
            {{
                using var reader = File.OpenText(file);
                var lines = 0;
                while (await reader.ReadLineAsync() is not null)
                    lines++;
                return $"{{file}}: {{lines}}";
            }}
        """,
        """
            [Sit(StartupHooks = [nameof(Before)], ExceptionHooks = [nameof(After)])]
            public Task Work{0}(TimeSpan time) => Task.Delay(time);
        """,
        """
            [Sit(CacheSize = 100, CacheSeconds = 60)]
            public async ValueTask<string> Work{0}(string name, int number, DayOfWeek day)
            {{
                try
                {{
                    await Task.Delay(number).ConfigureAwait(false);
                    return name + day;
                }}
                finally
                {{
                    await Task.Yield();
                }}
            }}
        """,
        """
            [Sit]
            public static async Task<T> Work{0}<T>(Task<T> first, IEnumerable<Task<T>> others)
                where T : notnull
            {{
                foreach (var other in others)
                    await other;
                return await first;
            }}
        """,
    ];

    public static string Of(int methods, CodeKinds kinds = CodeKinds.All)
    {
        var templates = kinds == CodeKinds.All ? _kinds : [Bare];
        var code = new StringBuilder("using Sitters;\n\nnamespace Generated;\n");
        for (var number = 0; number < methods; number++)
        {
            if (number % MethodsOfClass == 0)
            {
                code.Append(number == 0 ? "" : "}\n").Append(CultureInfo.InvariantCulture, $$"""

                    public class Class{{number / MethodsOfClass}}
                    {
                        private void Before(SitContext context) { }

                        private Task After() => Task.CompletedTask;

                    """);
            }

            code.Append('\n').AppendFormat(CultureInfo.InvariantCulture, templates[number % templates.Length], number).Append('\n');
        }

        return code.Append("}\n").ToString();
    }

    /// <summary>A program of them: what is generic is used, or there would be no native code of it.</summary>
    public static string Program(int methods, CodeKinds kinds)
    {
        var code = new StringBuilder("if (args.Length > 0)\n{\n");
        for (var number = _kinds.Length - 1; kinds == CodeKinds.All && number < methods; number += _kinds.Length)
        {
            code.Append(
                CultureInfo.InvariantCulture,
                $"    await Generated.Class{number / MethodsOfClass}.Work{number}(Task.FromResult(\"\"), []);\n");
        }

        return code.Append("    await Task.Yield();\n}\n").ToString();
    }
}
