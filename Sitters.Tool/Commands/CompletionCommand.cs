using System.CommandLine;

namespace Sitters.Tool.Commands;

/// <summary>sitters completion: the script that makes a shell complete the tool's command lines.</summary>
internal static class CompletionCommand
{
    /// <summary>The command's name is left out of what is completed: the tool can't know by which it was called.</summary>
    private const string Bash =
        """
        # eval "$(sitters completion bash)", or into ~/.bashrc
        _sitters() {
          local line="${COMP_LINE#* }" IFS=$'\n'
          local point=$((COMP_POINT - (${#COMP_LINE} - ${#line})))
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$point]" "$line" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _sitters sitters

        """;

    private const string Zsh =
        """
        # eval "$(sitters completion zsh)", or into ~/.zshrc after compinit
        _sitters() {
          local line="${BUFFER#* }"
          local point=$((CURSOR - (${#BUFFER} - ${#line})))
          local -a found=("${(@f)$(${words[1]} "[suggest:$point]" "$line" 2>/dev/null)}")
          compadd -- ${found:#}
        }
        compdef _sitters sitters

        """;

    private const string PowerShell =
        """
        # sitters completion pwsh | Out-String | Invoke-Expression, or into $PROFILE
        Register-ArgumentCompleter -Native -CommandName sitters -ScriptBlock {
          param($word, $tree, $cursor)
          $line = "$tree"
          $start = $tree.CommandElements[0].Extent.Text.Length + 1
          $rest = if ($line.Length -ge $start) { $line.Substring($start) } else { '' }
          sitters "[suggest:$($cursor - $start)]" "$rest" 2>$null | Where-Object { $_ -like "$word*" } |
            ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    public static Command Create(Terminal terminal)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        var command = new Command("completion", "Print the script that makes a shell complete command lines of sitters") { shell };
        command.SetAction(line =>
        {
            var script = line.GetValue(shell) switch { "bash" => Bash, "zsh" => Zsh, _ => PowerShell };
            terminal.Output.Write(script.ReplaceLineEndings("\n"));
        });
        return command;
    }
}
