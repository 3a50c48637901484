namespace Tests.Analyzers;

/// <summary>What the editor offers, one by one and for everything.</summary>
internal sealed class FixTests
{
    [Test]
    public Task the_result_becomes_nullable() => FixTest.Make(
        "MakeNullable",
        """
        public class Orders
        {
            [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault, OnCancel = SitOutcome.ReturnDefault)]
            public async Task<int> {|SIT005:{|SIT005:Count|}|}() => await Task.FromResult(1);

            [Sit(OnCancel = SitOutcome.ReturnDefault)]
            public async ValueTask<string> Text()
            {|SIT005:{|}
                await Task.Yield();
                return "";
            }

            public Task Local()
            {
                return Inner();

                [Sit(OnCancel = SitOutcome.ReturnDefault)]
                static async Task<Dictionary<string, int>> {|SIT005:Inner|}() => await Task.FromResult<Dictionary<string, int>>([]);
            }
        }
        """,
        """
        public class Orders
        {
            [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.ReturnDefault, OnCancel = SitOutcome.ReturnDefault)]
            public async Task<int?> Count() => await Task.FromResult(1);

            [Sit(OnCancel = SitOutcome.ReturnDefault)]
            public async ValueTask<string?> Text()
            {
                await Task.Yield();
                return "";
            }

            public Task Local()
            {
                return Inner();

                [Sit(OnCancel = SitOutcome.ReturnDefault)]
                static async Task<Dictionary<string, int>?> Inner() => await Task.FromResult<Dictionary<string, int>>([]);
            }
        }
        """,
        steps: 3);

    [Test]
    public Task or_the_outcome_is_left_to_itself() => FixTest.Make(
        "Remove",
        """
        public class Orders
        {
            [Sit(OnCancel = SitOutcome.ReturnDefault)]
            public Task<int> {|SIT005:Count|}() => Task.FromResult(1);
        }
        """,
        """
        public class Orders
        {
            [Sit]
            public Task<int> Count() => Task.FromResult(1);
        }
        """);

    [Test]
    public Task a_result_that_an_interface_asks_for_stays() => FixTest.MakeNone(
        "MakeNullable",
        """
        public interface IOrders
        {
            Task<int> Count();
        }

        public class Orders : IOrders
        {
            [Sit(OnCancel = SitOutcome.ReturnDefault)]
            public Task<int> {|SIT005:Count|}() => Task.FromResult(1);
        }
        """);

    [Test]
    public Task async_void_becomes_a_task() => FixTest.Make(
        "ReturnTask",
        """
        public class Orders
        {
            [Sit]
            public async void {|SIT002:Sync|}() => await Task.Yield();

            [Sit]
            private async void Send()
            {|SIT002:{|}
                await Task.Yield();
            }
        }
        """,
        """
        public class Orders
        {
            [Sit]
            public async Task Sync() => await Task.Yield();

            [Sit]
            private async Task Send()
            {
                await Task.Yield();
            }
        }
        """,
        steps: 2);

    [Test]
    public Task the_nearest_name_is_taken() => FixTest.Make(
        "TakeNearest",
        """
        using Polly.Retry;

        [Sit(CompletionHooks = ["OnDonne"])]
        public class Orders
        {
            private static RetryStrategyOptions Often { get; } = new();

            [Sit(StartupHooks = ["OnStratup", nameof(OnStartup)], Retry = "Oftn")]
            public async Task {|SIT003:{|SIT003:{|SIT003:Sync|}|}|}() => await Task.Yield();

            private void OnStartup()
            {
            }

            private void OnDone()
            {
            }
        }
        """,
        """
        using Polly.Retry;

        [Sit(CompletionHooks = ["OnDone"])]
        public class Orders
        {
            private static RetryStrategyOptions Often { get; } = new();

            [Sit(StartupHooks = ["OnStartup", nameof(OnStartup)], Retry = "Often")]
            public async Task Sync() => await Task.Yield();

            private void OnStartup()
            {
            }

            private void OnDone()
            {
            }
        }
        """,
        steps: 3);

    [Test]
    public Task a_hook_that_is_not_there_is_created_once() => FixTest.Make(
        "CreateHook",
        """
        public class Orders
        {
            [Sit(StartupHooks = ["Prepare"])]
            public Task {|SIT003:Sync|}() => Task.CompletedTask;

            [Sit(StartupHooks = ["Prepare"], RestartHooks = ["Again"])]
            public Task {|SIT003:{|SIT003:Send|}|}() => Task.CompletedTask;

            [Sit(StartupHooks = ["Warm"])]
            public static Task {|SIT003:Static|}() => Task.CompletedTask;
        }
        """,
        """
        public class Orders
        {
            [Sit(StartupHooks = [nameof(Prepare)])]
            public Task Sync() => Task.CompletedTask;

            private void Prepare()
            {
            }

            [Sit(StartupHooks = [nameof(Prepare)], RestartHooks = [nameof(Again)])]
            public Task Send() => Task.CompletedTask;

            private void Again()
            {
            }

            [Sit(StartupHooks = [nameof(Warm)])]
            public static Task Static() => Task.CompletedTask;

            private static void Warm()
            {
            }
        }
        """,
        steps: 3);

    [Test]
    public Task a_hook_is_created_in_the_type_that_hooks_are_looked_up_in() => FixTest.Make(
        "CreateHook",
        """
        public class Orders
        {
            [Sit(HooksType = typeof(Log), StartupHooks = ["Begin"])]
            public Task {|SIT003:Sync|}() => Task.CompletedTask;
        }

        public class Log
        {
        }
        """,
        """
        public class Orders
        {
            [Sit(HooksType = typeof(Log), StartupHooks = ["Begin"])]
            public Task Sync() => Task.CompletedTask;
        }

        public class Log
        {
            internal static void Begin()
            {
            }
        }
        """);

    [Test]
    public Task settings_without_effect_go() => FixTest.Make(
        "Remove",
        """
        [Sit(RetryBackoff = Polly.DelayBackoffType.Linear, GraceSeconds = 1)]
        public class Orders
        {
            [Sit(RetryOn = [typeof(TimeoutException)], RetryJitter = true, GraceSeconds = 2)]
            public Task {|SIT014:{|SIT014:{|SIT014:Sync|}|}|}() => Task.CompletedTask;

            [Sit(RetryDelaySeconds = 1)]
            public Task {|SIT014:Send|}() => Task.CompletedTask;

            [Sit(TimeoutSeconds = 1, AttemptTimeoutSeconds = 2, OnTimeout = SitOutcome.Throw)]
            public Task {|SIT013:Read|}() => Task.CompletedTask;
        }
        """,
        """
        [Sit(GraceSeconds = 1)]
        public class Orders
        {
            [Sit(GraceSeconds = 2)]
            public Task Sync() => Task.CompletedTask;

            [Sit]
            public Task Send() => Task.CompletedTask;

            [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.Throw)]
            public Task Read() => Task.CompletedTask;
        }
        """,
        steps: 5);

    [Test]
    public Task what_is_excluded_goes() => FixTest.Make(
        "Remove",
        """
        using Polly.Retry;

        public class Orders
        {
            private static RetryStrategyOptions Often { get; } = new();

            [Sit(Retry = nameof(Often), MaxAttempts = 3, RetryDelaySeconds = 1)]
            public Task {|SIT007:Sync|}() => Task.CompletedTask;

            [Sit(CacheSeconds = 3)]
            public Task<int> {|SIT007:Count|}() => Task.FromResult(1);
        }
        """,
        """
        using Polly.Retry;

        public class Orders
        {
            private static RetryStrategyOptions Often { get; } = new();

            [Sit(Retry = nameof(Often))]
            public Task Sync() => Task.CompletedTask;

            [Sit]
            public Task<int> Count() => Task.FromResult(1);
        }
        """,
        steps: 2);

    [Test]
    public Task a_hook_can_be_named_before_there_is_one() => FixTest.Make(
        "CreateHook",
        """
        public class Orders
        {
            [Sit(StartupHooks = [nameof({|CS0103:Prepare|})])]
            public Task {|SIT003:Sync|}() => Task.CompletedTask;
        }
        """,
        """
        public class Orders
        {
            [Sit(StartupHooks = [nameof(Prepare)])]
            public Task Sync() => Task.CompletedTask;

            private void Prepare()
            {
            }
        }
        """);
}
