#!/usr/bin/env bats
# The command line as its users call it. In: $srcdir, $build (tests/check-all sets them).
bats_require_minimum_version 1.5.0

setup() {
    rhetor=$build/rhetor
    texts=$srcdir/corpus/texts
    tmp=$BATS_TEST_TMPDIR
    export XDG_CONFIG_HOME=$tmp/none HOME=$tmp LC_ALL=C.UTF-8
    unset NO_COLOR
    cd "$tmp"
}

@test "help and version" {
    run "$rhetor" --help
    [ "$status" -eq 0 ]
    [[ "$output" == *"--fail-on"* ]]
    run "$rhetor" --version
    [[ "$output" =~ ^rhetor\ [0-9]+\.[0-9]+ ]]
}

@test "lines have file, line, column, device, message" {
    run "$rhetor" --format lines "$texts/oped-harbour.txt"
    [ "$status" -eq 0 ]
    [ "${#lines[@]}" -gt 5 ]
    for line in "${lines[@]}"; do
        [[ "$line" =~ ^[^:]+:[0-9]+:[0-9]+:\ [a-z-]+:\ . ]]
    done
}

@test "jsonl: one object a tag with every field, offsets in bytes" {
    "$rhetor" --format jsonl "$texts/speech-mayor.txt" > tags
    [ "$(wc -l < tags)" -gt 5 ]
    jq -e -s 'all(.[]; has("file") and has("device") and has("family") and has("start") and has("end")
        and has("line") and has("column") and has("text") and has("voice") and has("speaker")
        and has("score") and has("pattern") and has("roles"))' tags
    jq -r '[.start, .end] | @tsv' tags | while read -r start end; do
        tail -c "+$((start + 1))" "$texts/speech-mayor.txt" | head -c $((end - start)) > want
        [ -s want ]
    done
    start=$(jq -r .start tags | head -1); end=$(jq -r .end tags | head -1)
    tail -c "+$((start + 1))" "$texts/speech-mayor.txt" | head -c $((end - start)) > want
    jq -j .text tags 2>/dev/null | head -c $((end - start)) | cmp - want
}

@test "json is one array, valid with nothing in it" {
    printf 'Plain.\n' > plain.txt
    "$rhetor" --format json plain.txt | jq -e 'type == "array"'
    "$rhetor" --format json "$texts"/*.txt | jq -e 'length == 6'
}

@test "carrot, stick and scripted speech of an invented draft, with roles and speaker" {
    cat > draft.txt <<'END'
The premier should call the envoy tonight. She could open with, "Ambassador, I need your help. If you pull the tugs back, we will fund the new lighthouse." If they refuse, they will face sanctions.
END
    "$rhetor" --format jsonl draft.txt > tags
    jq -e -s 'any(.[]; .device == "scripted-dialogue" and (.speaker == "The premier" or .speaker == "the premier"))' tags
    jq -e -s 'any(.[]; .device == "carrot" and .voice == "scripted")' tags
    jq -e -s 'any(.[]; .device == "stick" and .voice == "author")' tags
    jq -e -s 'any(.[]; .device == "face-giving" and .voice == "scripted")' tags
    jq -e -s 'any(.[]; .device == "direct-address" and .text == "Ambassador")' tags
}

@test "device, family and min-score choose" {
    "$rhetor" --format jsonl --device necessity,hedge "$texts"/*.txt | jq -e -s 'length > 0 and all(.[]; .device == "necessity" or .device == "hedge")'
    "$rhetor" --format jsonl --family stance "$texts"/*.txt | jq -e -s 'length > 0 and all(.[]; .family == "stance")'
    "$rhetor" --format jsonl --min-score 0.8 "$texts"/*.txt | jq -e -s 'length > 0 and all(.[]; .score >= 0.8)'
}

@test "an unknown device is an error that names the nearest" {
    run "$rhetor" --device carot "$texts/oped-harbour.txt"
    [ "$status" -eq 2 ]
    [[ "$output" == *carot* ]]
}

@test "exit status 1 only where --fail-on asks for it" {
    run "$rhetor" --format lines --fail-on necessity "$texts"/*.txt
    [ "$status" -eq 1 ]
    printf 'The cat sat.\n' > plain.txt
    run "$rhetor" --format lines --fail-on necessity plain.txt
    [ "$status" -eq 0 ]
}

@test "a missing file: one line on stderr, status 2, the others are analysed" {
    run --separate-stderr "$rhetor" --format lines nothing.txt "$texts/oped-harbour.txt"
    [ "$status" -eq 2 ]
    [[ "$stderr" == *nothing.txt* ]]
    [ "$(printf '%s\n' "$stderr" | wc -l)" -eq 1 ]
    [ "${#lines[@]}" -gt 5 ]
}

@test "a folder is no draft" {
    run --separate-stderr "$rhetor" "$texts"
    [ "$status" -eq 2 ]
    [[ "$stderr" == *folder* ]]
}

@test "standard input, NULs and bad bytes" {
    printf 'We must \0 act. \377 They must pay.\n' | "$rhetor" --format jsonl - > tags 2> notes
    jq -e -s 'length >= 2' tags
    grep -q 'UTF-8' notes
}

@test "NO_COLOR and --color" {
    "$rhetor" --format terminal --color always "$texts/oped-harbour.txt" | grep -q "$(printf '\033')"
    run env NO_COLOR=1 "$rhetor" --format terminal "$texts/oped-harbour.txt"
    [[ "$output" != *$'\033'* ]]
}

@test "the same output from one thread and from two" {
    "$rhetor" -j1 --format jsonl "$texts"/*.txt "$srcdir"/corpus/gold/dev/*.txt > one
    "$rhetor" -j2 --format jsonl "$texts"/*.txt "$srcdir"/corpus/gold/dev/*.txt > two
    cmp one two
}

@test "a broken set: its place with a caret, status 2, the rest is used" {
    printf 'devices:\n  - id: mine\n    name: Mine\n    family: stance\n    patterns: ["act (now"]\n' > set.yaml
    run --separate-stderr "$rhetor" --format lines -p set.yaml "$texts/oped-harbour.txt"
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"set.yaml:5:"* ]]
    [[ "$stderr" == *"^"* ]]
    [ "${#lines[@]}" -gt 5 ]
}

@test "a user's device is tagged" {
    printf 'devices:\n  - id: sea\n    name: Sea\n    family: tropes\n    definition: talk of the sea\n    patterns: ["harbour"]\n' > set.yaml
    "$rhetor" --format jsonl -p set.yaml --device sea "$texts/oped-harbour.txt" | jq -e -s 'length > 0 and .[0].pattern == "sea/1"'
}

@test "explain names rule, words and score" {
    run "$rhetor" --format terminal --explain --width 100 "$texts/oped-harbour.txt"
    [[ "$output" == *"rule "* ]]
    [[ "$output" == *"score 0."* ]]
}

@test "golden output of the sample drafts" {
    for text in "$texts"/*.txt "$srcdir"/tests/cli/odd.txt; do
        name=$(basename "$text" .txt)
        (cd "$(dirname "$text")" && "$rhetor" --no-config --format lines "$name.txt") > got
        diff -u "$srcdir/tests/cli/golden/$name.lines" got
    done
}

@test "words lists tokens with part of speech" {
    printf 'The minister offered relief.\n' > draft.txt
    "$rhetor" words draft.txt | grep -q "^13	20	offered	offer	verb	"
}

@test "devices lists the catalogue" {
    run "$rhetor" devices
    [[ "$output" == *"carrot-and-stick"* ]]
    run "$rhetor" devices nothing
    [ "$status" -eq 2 ]
}
