" Vim 9's own LSP channel: opens the golden text, waits for diagnostics, writes "line column end device" in
" bytes to $out. Vim counts bytes, so it asks for UTF-8.
vim9script
var got: list<dict<any>> = []
def Take(_: channel, message: dict<any>)
    if get(message, 'method', '') == 'textDocument/publishDiagnostics'
        got = message.params.diagnostics
    endif
enddef
const job = job_start([$server], {in_mode: 'lsp', out_mode: 'lsp', err_mode: 'nl', out_cb: Take})
const channel = job_getchannel(job)
const devices = readfile($golden)->filter((_, l) => l !~ '^#')->map((_, l) => split(l)[3])
const first = ch_evalexpr(channel, {method: 'initialize', params: {
    processId: getpid(), rootUri: v:null, initializationOptions: {config: false, devices: devices},
    capabilities: {general: {positionEncodings: ['utf-8']}}}}, {timeout: 10000})
ch_sendexpr(channel, {method: 'initialized', params: {}})
ch_sendexpr(channel, {method: 'textDocument/didOpen', params: {textDocument: {
    uri: 'file:///rhetor/golden.txt', languageId: 'text', version: 1,
    text: join(readfile($text, 'b'), "\n")}}})
for _ in range(1000)
    if !empty(got)
        break
    endif
    sleep 10m
endfor
var lines = [get(get(first, 'result', {}), 'capabilities', {})->get('positionEncoding', '')]
for d in got
    add(lines, printf('%d %d %d %s', d.range.start.line + 1, d.range.start.character + 1,
        d.range.end.character + 1, d.code))
endfor
writefile(lines, $out)
ch_evalexpr(channel, {method: 'shutdown'}, {timeout: 10000})
ch_sendexpr(channel, {method: 'exit'})
qa!
