# bash completion for rhetor; devices and families come from the program itself.
_rhetor() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
    case $previous in
    -f | --format) COMPREPLY=($(compgen -W "terminal lines json jsonl" -- "$current")); return ;;
    -d | --device | --fail-on) COMPREPLY=($(compgen -W "$(rhetor devices 2>/dev/null | sed -n 's/^  \([a-z-]*\).*/\1/p')" -- "$current")); return ;;
    --family) COMPREPLY=($(compgen -W "$(rhetor devices 2>/dev/null | sed -n 's/^\([a-z]\)/\1/p')" -- "$current")); return ;;
    --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
    patterns) COMPREPLY=($(compgen -W "list show check test try new import" -- "$current")); return ;;
    esac
    if [[ $current == -* ]]; then
        COMPREPLY=($(compgen -W "--format --device --family --min-score --patterns --no-builtin --no-config --explain --summary --fail-on --stdin-name --threads --width --color --quiet --help --version" -- "$current"))
    else
        local commands=
        [[ $COMP_CWORD -eq 1 ]] && commands="tag devices words eval patterns"
        COMPREPLY=($(compgen -W "$commands" -- "$current") $(compgen -f -- "$current"))
    fi
}
complete -F _rhetor rhetor
