namespace Tests.Analyzers;

/// <summary>What the editor offers, one by one and for everything.</summary>
internal sealed class FixTests
{
    [Test]
    public Task the_result_becomes_nullable() => FixTest.Make(
        "SIT005.MakeNullable",
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
        "SIT005.Remove",
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
        "SIT005.MakeNullable",
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
        "SIT002.ReturnTask",
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
        "SIT003.TakeNearest",
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
    public Task settings_without_effect_go() => FixTest.Make(
        "SIT014.Remove",
        """
        [Sit(RetryBackoff = Polly.DelayBackoffType.Linear, GraceSeconds = 1)]
        public class Orders
        {
            [Sit(RetryOn = [typeof(TimeoutException)], RetryJitter = true, GraceSeconds = 2)]
            public Task {|SIT014:{|SIT014:{|SIT014:Sync|}|}|}() => Task.CompletedTask;

            [Sit(RetryDelaySeconds = 1)]
            public Task {|SIT014:Send|}() => Task.CompletedTask;
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
        }
        """,
        steps: 4);

    [Test]
    public Task a_limit_that_the_whole_call_never_reaches_goes() => FixTest.Make(
        "SIT013.Remove",
        """
        public class Orders
        {
            [Sit(TimeoutSeconds = 1, AttemptTimeoutSeconds = 2, OnTimeout = SitOutcome.Throw)]
            public Task {|SIT013:Read|}() => Task.CompletedTask;
        }
        """,
        """
        public class Orders
        {
            [Sit(TimeoutSeconds = 1, OnTimeout = SitOutcome.Throw)]
            public Task Read() => Task.CompletedTask;
        }
        """);

    [Test]
    public Task a_zero_that_takes_nothing_back_goes() => FixTest.Make(
        "SIT006.Remove",
        """
        public class Orders
        {
            [Sit(TimeoutSeconds = 0, MaxAttempts = 2)]
            public Task {|SIT006:Sync|}() => Task.CompletedTask;
        }
        """,
        """
        public class Orders
        {
            [Sit(MaxAttempts = 2)]
            public Task Sync() => Task.CompletedTask;
        }
        """);

    [TestCase("MaxAttempts = 0")]
    [TestCase("MaxAttempts = -1")]
    [TestCase("TimeoutSeconds = -1")]
    public Task no_number_is_guessed_for_one_out_of_range(string settings) => FixTest.MakeNone(
        "SIT006.Remove",
        $$"""
        public class Orders
        {
            [Sit({{settings}})]
            public Task {|SIT006:Sync|}() => Task.CompletedTask;
        }
        """);

    [Test]
    public Task what_is_excluded_goes() => FixTest.Make(
        "SIT007.Remove",
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
    public Task a_result_that_another_part_declares_stays() => FixTest.MakeNone(
        "SIT005.MakeNullable",
        """
        public partial class Orders
        {
            public partial Task<int> Count();
        }

        public partial class Orders
        {
            [Sit(OnCancel = SitOutcome.ReturnDefault)]
            public partial Task<int> {|SIT005:Count|}() => Task.FromResult(1);
        }
        """);

    [Test]
    public Task a_lambda_whose_type_asks_for_void_stays() => FixTest.MakeNone(
        "SIT002.ReturnTask",
        """
        public class Orders
        {
            public Action Sync = [Sit] async void () {|SIT002:=>|} await Task.Yield();
        }
        """);
}
