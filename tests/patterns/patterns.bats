#!/usr/bin/env bats
# rhetor patterns VERB, the layers of sets, and what bad input gets. In: $srcdir, $build (tests/check-all).
bats_require_minimum_version 1.5.0

setup() {
    rhetor=$build/rhetor
    tmp=$BATS_TEST_TMPDIR
    export XDG_CONFIG_HOME=$tmp/config HOME=$tmp LC_ALL=C.UTF-8
    mkdir -p "$tmp/work/deep" "$XDG_CONFIG_HOME/rhetor/patterns"
    cd "$tmp/work"
}

# A set with one device: sea_set PATTERN-YAML… > file
sea_set() {
    printf 'set: {name: sea-set, version: 2.1.0}\ndevices:\n  - id: sea\n    name: Sea\n    family: tropes\n    roles: [ship]\n    patterns:\n'
    printf '      - %s\n' "$@"
}

# tagged DRAFT [OPTION…]: device, pattern, set, version and text of each tag
tagged() {
    "$rhetor" --no-builtin --format jsonl "${@:2}" "$1" | jq -r '[.device, .pattern, .set, .version, .text] | join("|")'
}

# ---- check

@test "check: each doubt has its code, and its place with line and caret" {
    cat > set.yaml <<'END'
devices:
  - id: sea
    name: Sea
    family: tropes
    patterns:
      - 'the ship'
      - {id: twin, pattern: 'the ship', examples: ['[[the ship]]']}
      - {id: silent, pattern: 'harbour', examples: ['the harbor']}
      - {id: wide, pattern: '(?:saw|sold) the {n}', examples: ['we [[saw the boat]]']}
      - {id: narrow, pattern: 'the boat', weight: 0.2, examples: ['we saw [[the boat]]']}
      - {id: all, pattern: '\w+ness', examples: ['the [[darkness]]']}
      - {id: bomb, pattern: 'win (?:a|aa|a+)+c', raw: true, examples: ['[[win aac]]']}
END
    run "$rhetor" patterns check --no-builtin set.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == *"set.yaml:6:10: warning: no-example: "* ]]
    [[ "$output" == *"set.yaml:7:9: warning: duplicate-pattern: sea/twin finds what sea/1 (set.yaml:6)"* ]]
    [[ "$output" == *"set.yaml:8:9: warning: never-fires: "* ]]
    [[ "$output" == *"set.yaml:10:9: note: shadowed-pattern: "*"sea/wide"* ]]
    [[ "$output" == *"set.yaml:11:9: warning: runs-everywhere: "* ]]
    [[ "$output" == *"set.yaml:12:9: warning: backtracking: "* ]]
    [[ "$output" == *"0 errors, 6 warnings, 1 note"* ]]
    [[ "$output" == *"      - 'the ship'"$'\n'"           ^"* ]]
}

@test "check: errors of loader and compiler, status 2" {
    cat > set.yaml <<'END'
devices:
  - id: sea
    paterns: []
    roles: [ship]
    patterns:
      - {id: empty, pattern: '(?:ship)?', examples: [ship]}
      - {id: open, pattern: 'the (ship', examples: [ship]}
      - {id: lost, pattern: '{shps} at sea', examples: [ship]}
      - {id: role, pattern: 'a (?<shp>ship)', examples: ['[[a ship]]']}
lexicons: {ships: [ship]}
END
    run "$rhetor" patterns check --no-builtin set.yaml
    [ "$status" -eq 2 ]
    [[ "$output" == *'set.yaml:3:5: error: unknown-key: unknown key "paterns" in a device; did you mean "patterns"?'* ]]
    [[ "$output" == *'set.yaml:6:31: error: matches-empty: '* ]]
    [[ "$output" == *'set.yaml:7:34: error: bad-pattern: '* ]]
    [[ "$output" == *'set.yaml:8:30: error: unknown-lexicon: '*'did you mean {ships}?'* ]]
    [[ "$output" == *'unknown-role: the group "shp" is no role of sea'* ]]
    [[ "$output" == *"4 errors"* ]]
}

@test "check: a sound set has no finding" {
    sea_set "{id: a, pattern: 'the (?<ship>ship)', examples: ['[[the ship]] sank']}" > set.yaml
    run "$rhetor" patterns check set.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "0 errors, 0 warnings, 0 notes" ]
}

@test "check --json and --sarif" {
    printf 'devices:\n  - id: sea\n    patterns:\n      - "\xc3\xa9t\xc3\xa9 (a"\n      - plain word\n' > 'a set.yaml'
    run -2 "$rhetor" patterns check --json 'a set.yaml'
    jq -e '.errors == 1 and .warnings == 1 and (.findings | length) == 2 and
        (.findings[0] | .file == "a set.yaml" and .line == 4 and .column == 16 and .severity == "error"
            and .code == "bad-pattern" and (.message | length) > 0)' <<< "$output"
    run -2 "$rhetor" patterns check --sarif 'a set.yaml'
    jq -e '.version == "2.1.0" and (.["$schema"] | test("sarif-2.1.0")) and (.runs | length) == 1 and
        (.runs[0] | .columnKind == "unicodeCodePoints" and .tool.driver.name == "rhetor patterns check" and
            ([.tool.driver.rules[].id] | sort) == ([.results[].ruleId] | unique) and
            all(.results[]; .message.text and (.level | IN("error", "warning", "note")) and
                .locations[0].physicalLocation.artifactLocation.uri == "a%20set.yaml") and
            .results[0].locations[0].physicalLocation.region == {startLine: 4, startColumn: 14})' <<< "$output"
}

@test "check --watch runs again when the file is saved" {
    sea_set "'the ship'" > set.yaml
    "$rhetor" patterns check --no-builtin --watch set.yaml > out 2>&1 3>&- &
    pid=$!
    for _ in $(seq 100); do grep -q 'no-example' out && break; sleep 0.1; done
    sea_set "{pattern: 'the ship', examples: ['[[the ship]]']}" > set.yaml
    for _ in $(seq 100); do grep -q '0 errors, 0 warnings' out && break; sleep 0.1; done
    kill $pid
    grep -q '0 errors, 0 warnings' out
}

# ---- test, coverage, try, new, show, list

@test "test: spans, roles and counter-examples; what differs is shown" {
    sea_set "{id: good, pattern: 'the (?<ship>ship)', examples: ['We saw [[the [[ship:ship]]]].'], counter-examples: ['A boat.']}" > set.yaml
    run "$rhetor" patterns test --no-builtin set.yaml
    [ "$status" -eq 0 ]
    [ "$output" = "2 examples passed, 0 failed" ]
    sea_set "{id: bad, pattern: 'the (?<ship>ship)', examples: ['We saw the [[ship:ship]] [[sink]].'], counter-examples: ['The ship.']}" > set.yaml
    run "$rhetor" patterns test --no-builtin set.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"  - We saw the [[ship:ship]] [[sink]]."$'\n'"  + We saw [[the [[ship:ship]]]] sink."* ]]
    [[ "$output" == *"sea/bad: must not fire"* ]]
    [[ "$output" == *"0 examples passed, 2 failed"* ]]
}

@test "test: examples of antipatterns" {
    sea_set "{id: a, pattern: 'ship', examples: ['[[ship]]']}" > set.yaml
    printf "antipatterns:\n  - {id: relation, pattern: 'ship shape', examples: ['All was [[ship shape]].'], counter-examples: ['The ship sank.']}\n" >> set.yaml
    run "$rhetor" patterns test --no-builtin set.yaml
    [ "$status" -eq 0 ]
    [[ "$output" == "3 examples passed, 0 failed" ]]
    sed -i "s/The ship sank/A ship shape/" set.yaml
    run "$rhetor" patterns test --no-builtin set.yaml
    [ "$status" -eq 1 ]
    [[ "$output" == *"something is exempted"* ]]
}

@test "test --coverage: how often, and three sentences each" {
    sea_set "{id: a, pattern: 'the ship'}" "{id: b, pattern: 'the whale'}" > set.yaml
    mkdir -p texts/more
    printf 'We saw the ship\nthere. They saw the ship too.\n' > texts/one.txt
    printf 'Then the ship sank. The ship was old. The ship was lost.\n' > texts/more/two.md
    printf 'the ship' > texts/not.png
    run "$rhetor" patterns test --no-builtin --coverage texts set.yaml
    [ "$status" -eq 0 ]
    [[ "$output" =~ sea/a\ +5\ times\ in\ 2\ texts ]]
    [[ "$output" =~ sea/b\ +0\ times\ in\ 0\ texts ]]
    [[ "$output" == *"texts/one.txt:1: We saw [[the ship]] there."* ]]
    [ "$(grep -c '\[\[' <<< "$output")" -eq 3 ]
    [[ "$output" == *"2 texts; 1 of 2 rules never fire"* ]]
    "$rhetor" patterns test --no-builtin --coverage texts --json set.yaml | jq -e '.[0] | .times == 5 and (.samples | length) == 3'
    run "$rhetor" patterns test --coverage nowhere set.yaml
    [ "$status" -eq 2 ]
}

@test "try: one pattern, at once; a mistake is shown under it" {
    printf 'They won'"'"'t go.\nWe are willing to go home.\n' > draft.txt
    run --separate-stderr "$rhetor" patterns try '(?<who>{party}) {=be} willing' draft.txt
    [ "$status" -eq 0 ]
    [[ "$output" == *"draft.txt:2:1: [[We are willing]] to go home."* ]]
    [[ "$output" == *"    who: We"* ]]
    [ "$stderr" = "1 found" ]
    run --separate-stderr "$rhetor" patterns try "won't (go" draft.txt
    [ "$status" -eq 2 ]
    [[ "$stderr" == *"  won't (go"$'\n'"        ^"* ]]
    run "$rhetor" patterns try 'x' nothing.txt
    [ "$status" -eq 2 ]
}

@test "new: the skeleton is a sound set" {
    "$rhetor" patterns new false-modesty > new.yaml
    run "$rhetor" patterns check new.yaml
    [ "$output" = "0 errors, 0 warnings, 0 notes" ]
    run "$rhetor" patterns test new.yaml
    [ "$output" = "2 examples passed, 0 failed" ]
    run "$rhetor" patterns new 'No Id'
    [ "$status" -eq 2 ]
}

@test "show: definition, conditions, regex, anchors, origin" {
    sea_set "{id: a, pattern: 'the (?<ship>ship)', scope: clause, unless-before: {pattern: never, words: 3}}" > set.yaml
    run "$rhetor" patterns show --no-builtin -p set.yaml sea/a
    [ "$status" -eq 0 ]
    [[ "$output" == *"sea-set 2.1.0, set.yaml:8"* ]]
    [[ "$output" == *"scope: clause"* ]]
    [[ "$output" == *"unless-before: never (3 words)"* ]]
    [[ "$output" == *"anchors  ship | the"* ]]
    run "$rhetor" patterns show nothing-like-it
    [ "$status" -eq 2 ]
}

# ---- Layers

layers() {
    printf 'set: {name: user-set, version: 1.0.0}\nlexicons: {boats: [ship, boat]}\ndevices:\n  - id: sea\n    patterns: [{id: a, pattern: "the {boats}"}, {id: b, pattern: "the harbour"}]\n  - id: land\n    patterns: [{id: a, pattern: "the road"}]\n' > "$XDG_CONFIG_HOME/rhetor/patterns/mine.yaml"
    printf '%b' "$1" > .rhetor.yaml
    printf 'They saw the ship, the yacht, the harbour and the road.\n' > deep/draft.txt
}

@test "layers: a later one extends a device and a lexicon" {
    layers 'set: {name: project-set, version: 0.3.0}\nlexicons+: {boats: [yacht]}\ndevices:\n  - id: sea\n    patterns+: [{id: c, pattern: "they saw"}]\n'
    run tagged deep/draft.txt
    [ "$output" = "sea|sea/c|project-set|0.3.0|They saw
sea|sea/a|user-set|1.0.0|the ship
sea|sea/a|user-set|1.0.0|the yacht
sea|sea/b|user-set|1.0.0|the harbour
land|land/a|user-set|1.0.0|the road" ]
}

@test "layers: a later one takes out a pattern and an entry of a lexicon" {
    layers 'lexicons-: {boats: [ship]}\nlexicons+: {boats: [yacht]}\ndevices: [{id: sea, patterns-: [b]}]\n'
    run tagged deep/draft.txt
    [ "$output" = "sea|sea/a|user-set|1.0.0|the yacht
land|land/a|user-set|1.0.0|the road" ]
}

@test "layers: a later one overrides and disables devices, and replaces a lexicon and a pattern" {
    layers 'set: {name: project-set, version: 0.3.0}\ndevices:\n  - {id: sea, override: true, patterns: [{id: z, pattern: "the {boats}"}]}\n  - {id: land, disable: true}\n'
    run tagged deep/draft.txt
    [ "$output" = "sea|sea/z|project-set|0.3.0|the ship" ]
    layers 'set: {name: project-set, version: 0.3.0}\nlexicons: {boats: [yacht]}\ndevices: [{id: sea, patterns+: [{id: b, pattern: "road"}]}]\n'
    run tagged deep/draft.txt
    [ "$output" = "sea|sea/a|user-set|1.0.0|the yacht
land|land/a|user-set|1.0.0|the road
sea|sea/b|project-set|0.3.0|road" ]
}

@test "layers: --patterns comes last, --no-config leaves the others out, --no-builtin the first" {
    layers 'devices: [{id: sea, patterns-: [b]}]\n'
    sea_set "{id: c, pattern: 'the road'}" | sed 's/    patterns:/    patterns+:/' > last.yaml
    run tagged deep/draft.txt -p last.yaml
    [[ "$output" == *"sea|sea/c|sea-set|2.1.0|the road"* ]]
    [[ "$output" != *"the harbour"* ]]
    run -2 --separate-stderr "$rhetor" --no-builtin --no-config -p last.yaml deep/draft.txt
    [[ "$stderr" == *'unknown device "sea"'* ]]
}

@test "layers: a built-in device is extended, its patterns stay" {
    printf 'devices: [{id: necessity, patterns+: [{id: mine, pattern: "the tide compels us"}]}]\n' > .rhetor.yaml
    printf 'The tide compels us. We must leave.\n' > draft.txt
    "$rhetor" --format jsonl draft.txt > tags
    jq -e -s 'any(.[]; .pattern == "necessity/mine") and any(.[]; .device == "necessity" and .set == "rhetor-en")' tags
}

@test "list --origin says which layer a rule is of" {
    layers 'devices: [{id: sea, patterns+: [{id: c, pattern: "they saw"}]}]\n'
    sea_set "{id: d, pattern: 'the road'}" | sed 's/    patterns:/    patterns+:/' > last.yaml
    run "$rhetor" patterns list --origin -p last.yaml
    [ "$status" -eq 0 ]
    [[ "$output" =~ sea/a\ +user\ +user-set\ 1.0.0 ]]
    [[ "$output" =~ sea/c\ +project\  ]]
    [[ "$output" =~ sea/d\ +--patterns\ +sea-set\ 2.1.0\ +last.yaml:8 ]]
    [[ "$output" =~ built-in ]]
}

@test "every tag names set and version" {
    "$rhetor" --format jsonl "$srcdir"/corpus/texts/*.txt | jq -e -s 'length > 20 and all(.[]; (.set | length) > 0 and (.version | length) > 0)'
}

# ---- Bad input: a clear error with its place, the rest is used, status 2

# bad SET MESSAGE: the good set beside it still tags
bad() {
    sea_set "'the ship'" > good.yaml
    printf 'We saw the ship.\n' > draft.txt
    run -2 --separate-stderr timeout 20 "$rhetor" --no-builtin --format lines -p "$1" -p good.yaml draft.txt
    [[ "$output" == "draft.txt:1:8: sea: "* ]]
    [[ "$stderr" == *"$2"* ]]
    run -2 timeout 20 "$rhetor" patterns check --no-builtin "$1"
}

@test "a broken file" { printf 'devices: [\n' > b.yaml; bad b.yaml 'b.yaml:2:1: error'; }
@test "a missing file" { bad nothing.yaml 'nothing.yaml: No such file'; }
@test "an empty folder" { mkdir empty; bad empty 'no pattern sets'; }
@test "a folder in place of a file in a folder" { mkdir -p sets/x.yaml; bad sets 'neither a file nor a folder'; }
@test "a device" { bad /dev/null 'neither a file nor a folder'; }
@test "a file of 50 MB" { head -c 50000000 /dev/zero | tr '\0' 'a' > b.yaml; bad b.yaml 'larger than 8 MiB'; }
@test "another encoding" {
    printf 'devices: []\n' | iconv -t UTF-16 > b.yaml; bad b.yaml 'b.yaml:1:1: error'
    printf '# caf\xe9\ndevices: []\n' > b.yaml; bad b.yaml 'b.yaml:1:6: error'
}
@test "an alias bomb" {
    { printf 'a: &a [x,x,x,x,x,x,x,x,x]\n'; for l in b c d e f g h i j; do printf '%s: &%s [*%s,*%s,*%s,*%s,*%s,*%s,*%s,*%s,*%s]\n' $l $l ${p:-a} ${p:-a} ${p:-a} ${p:-a} ${p:-a} ${p:-a} ${p:-a} ${p:-a} ${p:-a}; p=$l; done; } > b.yaml
    bad b.yaml 'error: too-large'
}
@test "deep nesting" { head -c 100000 /dev/zero | tr '\0' '[' > b.yaml; bad b.yaml 'b.yaml:1:'; }
@test "a recursive lexicon" {
    printf 'lexicons: {a: {include: [b]}, b: {include: [a]}}\n' > b.yaml
    bad b.yaml 'recursive-lexicon'
}
@test "a pattern that PCRE2 refuses" { printf 'devices: [{id: x, patterns: ["a(?<=b+)c"]}]\n' > b.yaml; bad b.yaml 'bad-pattern'; }
@test "a pattern that goes back without end does not hang" {
    printf 'devices: [{id: x, patterns: [{pattern: "(?:a|aa|a+)+c", raw: true}, word]}]\n' > b.yaml
    { head -c 1500 /dev/zero | tr '\0' 'a'; echo ' b c word.'; } > draft.txt
    run --separate-stderr timeout 20 "$rhetor" --no-builtin --format lines -p b.yaml draft.txt
    [ "$status" -ne 124 ]
    [[ "$output" == *": x: "* ]]
    [[ "$stderr" == *"hit a limit"* ]]
}

# ---- Import

@test "import --from vale: existence, substitution, occurrence, repetition, conditional; the rest is told" {
    mkdir Style
    printf 'extends: existence\nmessage: "Avoid '"'%%s'"'."\nignorecase: true\ntokens:\n  - obviously\n  - needless to say\n  - '"'"'quite \\w+ly'"'"'\nexceptions: [quite likely]\n' > Style/Clearly.yml
    printf 'extends: substitution\nmessage: "Use '"'%%s' instead of '%%s'"'."\nignorecase: true\nswap:\n  utilize: use\n  "(?:commence|initiate)": begin\n' > Style/Plain.yml
    printf 'extends: occurrence\nmessage: "Too long"\nscope: sentence\nmax: 5\ntoken: '"'"'\\b(\\w+)\\b'"'"'\n' > Style/Long.yml
    printf 'extends: repetition\nmessage: "%%s is repeated"\nalpha: true\ntokens: ['"'"'[^\\s]+'"'"']\n' > Style/Twice.yml
    printf 'extends: conditional\nmessage: "%%s has no definition"\nfirst: '"'"'\\b([A-Z]{3,5})\\b'"'"'\nsecond: '"'"'\\(([A-Z]{3,5})\\)'"'"'\n' > Style/Acronym.yml
    printf 'extends: spelling\nmessage: x\n' > Style/Spelling.yml
    printf 'extends: [\n' > Style/Broken.yml
    "$rhetor" patterns import --from vale Style/ > style.yaml 2> notes
    grep -q 'Spelling.yml: left out: "spelling"' notes
    grep -q 'Broken.yml: left out' notes
    grep -q 'Acronym.yml: kept in part' notes
    grep -q '5 of 7 rules became devices' notes
    run "$rhetor" patterns check --no-builtin --no-config style.yaml
    [ "$status" -eq 0 ]
    run "$rhetor" patterns test --no-builtin --no-config style.yaml
    [ "$status" -eq 0 ]
    printf 'Obviously we utilize the the NATO plan. It is quite likely. It is quite happily so.\n' > draft.txt
    run "$rhetor" --no-builtin --no-config --format lines -p style.yaml draft.txt
    [[ "$output" == *"clearly: Avoid 'Obviously'."* ]]
    [[ "$output" == *"plain: Use 'use' instead of 'utilize'."* ]]
    [[ "$output" == *"twice: "* ]]
    [[ "$output" == *"acronym: NATO has no definition"* ]]
    [[ "$output" == *"draft.txt:1:1: long: "* ]]
    [[ "$output" == *"Avoid 'quite happily'."* ]]
    [[ "$output" != *"Avoid 'quite likely'."* ]]
    run -2 "$rhetor" patterns import --from vale nowhere
}

@test "import --from csv: words and categories, LIWC wildcards" {
    printf 'word\tcategory\nhappy\tjoy\njoy*\tjoy\tlife\nat ease\tjoy\nwork\tlife\n(x)\tjoy\nlonely\n' > words.tsv
    "$rhetor" patterns import --from csv words.tsv > set.yaml 2> notes
    grep -q 'words.tsv:6: left out' notes
    grep -q '5 words in 2 categories, 2 left out' notes
    run "$rhetor" patterns check --no-builtin set.yaml
    [ "$output" = "0 errors, 0 warnings, 0 notes" ]
    run "$rhetor" patterns test --no-builtin set.yaml
    [ "$status" -eq 0 ]
    printf 'They were joyful at work and at ease.\n' > draft.txt
    "$rhetor" --no-builtin --format jsonl -p set.yaml draft.txt | jq -e -s '[.[] | .device + ":" + .text] | sort == ["joy:at ease", "joy:joyful", "life:joyful", "life:work"]'
    printf '%%\n1\tjoy\n2\tlife\n%%\nhapp*\t1\nwork\t2\t1\n' > liwc.dic
    "$rhetor" patterns import --from csv liwc.dic > set.yaml
    "$rhetor" --no-builtin --format jsonl -p set.yaml draft.txt | jq -e -s '[.[] | .device] | sort == ["joy", "life"]'
}
