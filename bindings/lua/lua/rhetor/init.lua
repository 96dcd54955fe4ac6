-- init.lua: rhetor in Neovim 0.7 and newer.
-- In: buffers. Out: extmarks for the spans, vim.diagnostic hints, hover, lists. A buffer's edits go to its document as
-- edits (on_bytes); the analysis runs in slices from a timer, so that typing never waits for it.
local M = {}
local api = vim.api
local lib

local settings = {
  filetypes = { "text", "markdown", "mail", "gitcommit", "tex" }, -- attach to these by themselves
  devices = nil,        -- list of ids: only these; nil: all
  patterns = nil,       -- pattern sets over the built-in ones
  diagnostics = true,   -- vim.diagnostic hints
  highlight = true,     -- extmarks
  delay = 150,          -- ms after the last change
  budget = 20000,       -- bytes a slice
}

local marks = api.nvim_create_namespace "rhetor"
local hints = api.nvim_create_namespace "rhetor-hints"
local buffers = {} -- by number: document, tags, timer, filter
local engine

local families = {
  facework = "Special", inducement = "WarningMsg", voice = "Function", appeals = "Identifier",
  stance = "Type", schemes = "Statement", tropes = "Constant", arrangement = "Comment",
}

local function group(family)
  local name = "Rhetor" .. family:sub(1, 1):upper() .. family:sub(2)
  if vim.fn.hlexists(name) == 0 or not pcall(api.nvim_get_hl_by_name, name, true) then
    local base = families[family] or "Special"
    local found, colours = pcall(api.nvim_get_hl_by_name, base, true)
    api.nvim_set_hl(0, name, { underline = true, sp = found and colours.foreground or nil })
  end
  return name
end

local function the_engine()
  if not engine then
    lib = require "rhetor.lib"
    local mistakes
    engine, mistakes = lib.engine { patterns = settings.patterns }
    if mistakes[1] then vim.notify("rhetor: " .. mistakes[1], vim.log.levels.WARN) end
  end
  return engine
end

local function text_of(buffer)
  local text = table.concat(api.nvim_buf_get_lines(buffer, 0, -1, true), "\n")
  return vim.bo[buffer].endofline and text .. "\n" or text
end

local function wanted(state, tag)
  local only = state.filter or settings.devices
  return not only or vim.tbl_contains(only, tag.device) or vim.tbl_contains(only, tag.family)
end

-- Neovim holds lines without their ends: a place behind the last line is its end.
local function clamp(buffer, line, column)
  local last = api.nvim_buf_line_count(buffer) - 1
  if line > last then line, column = last, math.huge end
  local text = api.nvim_buf_get_lines(buffer, line, line + 1, false)[1] or ""
  return line, math.min(column, #text)
end

local function show(buffer, state)
  api.nvim_buf_clear_namespace(buffer, marks, 0, -1)
  local list = {}
  state.shown = {}
  for _, tag in ipairs(state.tags) do
    if wanted(state, tag) then
      local line, column = clamp(buffer, tag.line, tag.column)
      local end_line, end_column = clamp(buffer, tag.end_line, tag.end_column)
      if settings.highlight then
        local id = api.nvim_buf_set_extmark(buffer, marks, line, column, {
          end_row = end_line, end_col = end_column, hl_group = group(tag.family), priority = 120,
        })
        state.shown[id] = tag
      end
      if settings.diagnostics then
        list[#list + 1] = {
          lnum = line, col = column, end_lnum = end_line, end_col = end_column,
          severity = vim.diagnostic.severity.HINT, source = "rhetor", code = tag.device,
          message = state.document:message(tag.id), user_data = { rhetor = tag.id },
        }
      end
    end
  end
  if settings.diagnostics then
    vim.diagnostic.set(hints, buffer, list, { virtual_text = false, underline = false })
  end
end

local function finish(buffer, state)
  state.tags = state.document:tags()
  state.busy = false
  show(buffer, state)
  pcall(api.nvim_exec_autocmds, "User", { pattern = "RhetorDone", modeline = false })
end

local function slice(buffer)
  local state = buffers[buffer]
  if not state or not api.nvim_buf_is_valid(buffer) then return end
  local fine, more = pcall(state.document.step, state.document, settings.budget)
  if not fine then
    vim.notify("rhetor: " .. tostring(more), vim.log.levels.ERROR)
  elseif more then
    vim.defer_fn(function() slice(buffer) end, 1)
  else
    finish(buffer, state)
  end
end

-- Several changes of one command (:s, undo) are told one by one while the buffer holds all of them already:
-- what the edits made of the text is held against the buffer before each analysis.
local function begin(buffer)
  local state = buffers[buffer]
  if not state or not api.nvim_buf_is_valid(buffer) then return end
  local text = text_of(buffer)
  if state.document:text() ~= text then state.document:set_text(text) end
  state.length = #text
  slice(buffer)
end

local function later(buffer)
  local state = buffers[buffer]
  state.busy = true
  state.timer:stop()
  state.timer:start(settings.delay, 0, vim.schedule_wrap(function() begin(buffer) end))
end

local function on_bytes(_, buffer, _, _, _, first, _, _, old_length, _, _, new_length)
  local state = buffers[buffer]
  if not state then return true end -- detaches
  local text = text_of(buffer)
  if #text == state.length + new_length - old_length then
    pcall(state.document.replace, state.document, first, first + old_length, text:sub(first + 1, first + new_length))
  end
  state.length = state.length + new_length - old_length
  later(buffer)
end

function M.attach(buffer)
  buffer = (buffer == nil or buffer == 0) and api.nvim_get_current_buf() or buffer
  if buffers[buffer] then return end
  local text = text_of(buffer)
  local state = { document = the_engine():document(text), length = #text, tags = {}, shown = {}, timer = vim.loop.new_timer() }
  buffers[buffer] = state
  api.nvim_buf_attach(buffer, false, {
    on_bytes = on_bytes,
    on_reload = function(_, b)
      if buffers[b] then
        local now = text_of(b)
        buffers[b].document:set_text(now)
        buffers[b].length = #now
        later(b)
      end
    end,
    on_detach = function(_, b) M.detach(b) end,
  })
  state.busy = true
  slice(buffer)
end

function M.detach(buffer)
  buffer = (buffer == nil or buffer == 0) and api.nvim_get_current_buf() or buffer
  local state = buffers[buffer]
  if not state then return end
  buffers[buffer] = nil
  state.timer:stop()
  state.timer:close()
  state.document:close()
  if api.nvim_buf_is_valid(buffer) then
    api.nvim_buf_clear_namespace(buffer, marks, 0, -1)
    vim.diagnostic.reset(hints, buffer)
  end
end

local function current()
  local state = buffers[api.nvim_get_current_buf()]
  if not state then vim.notify("rhetor is off here; :Rhetor turns it on", vim.log.levels.INFO) end
  return state
end

-- Whether the analysis of a buffer is done; for scripts and tests.
function M.is_done(buffer)
  local state = buffers[(buffer == nil or buffer == 0) and api.nvim_get_current_buf() or buffer]
  return state ~= nil and not state.busy
end

function M.tags(buffer)
  local state = buffers[(buffer == nil or buffer == 0) and api.nvim_get_current_buf() or buffer]
  return state and vim.tbl_filter(function(tag) return wanted(state, tag) end, state.tags) or {}
end

-- The tags under the cursor, the shortest first.
local function here(state)
  local row, column = unpack(api.nvim_win_get_cursor(0))
  local found = {}
  for _, mark in ipairs(api.nvim_buf_get_extmarks(0, marks, 0, -1, { details = true })) do
    local tag, d = state.shown[mark[1]], mark[4]
    local line = row - 1
    local behind = line > mark[2] or (line == mark[2] and column >= mark[3])
    local before = line < d.end_row or (line == d.end_row and column < d.end_col)
    if tag and behind and before then found[#found + 1] = tag end
  end
  table.sort(found, function(a, b) return a.end_ - a.start < b.end_ - b.start end)
  return found
end

local function float(lines, kind)
  return vim.lsp.util.open_floating_preview(lines, kind or "markdown", { border = "rounded", max_width = 90 })
end

function M.hover()
  local state = current()
  if not state then return end
  local lines = {}
  for _, tag in ipairs(here(state)) do
    local device
    for _, row in pairs(engine.devices) do if row.id == tag.device then device = row end end
    if #lines > 0 then lines[#lines + 1] = "---" end
    lines[#lines + 1] = ("**%s** (%s, score %.2f)"):format(device.name, device.family, tag.score)
    lines[#lines + 1] = device.definition
    if tag.voice ~= "author" then
      lines[#lines + 1] = ("voice: %s%s"):format(tag.voice, tag.speaker ~= "" and ", " .. tag.speaker or "")
    end
    for line in state.document:explain(tag.id):gmatch "[^\n]+" do lines[#lines + 1] = "    " .. line end
  end
  if #lines == 0 then return vim.notify("rhetor: nothing here", vim.log.levels.INFO) end
  return float(lines)
end

function M.summary()
  local state = current()
  if not state then return end
  local counts, order = {}, {}
  for _, tag in ipairs(M.tags()) do
    if not counts[tag.device] then order[#order + 1] = tag.device end
    counts[tag.device] = (counts[tag.device] or 0) + 1
  end
  table.sort(order, function(a, b) return counts[a] ~= counts[b] and counts[a] > counts[b] or counts[a] == counts[b] and a < b end)
  local lines = { ("%d tags"):format(#M.tags()), "" }
  for _, device in ipairs(order) do lines[#lines + 1] = ("%-24s %4d"):format(device, counts[device]) end
  return float(lines, "text")
end

function M.quickfix()
  local state = current()
  if not state then return end
  local items, buffer = {}, api.nvim_get_current_buf()
  for _, tag in ipairs(M.tags()) do
    items[#items + 1] = {
      bufnr = buffer, lnum = tag.line + 1, col = tag.column + 1, end_lnum = tag.end_line + 1,
      end_col = tag.end_column + 1, type = "I", text = tag.device .. ": " .. state.document:message(tag.id),
    }
  end
  vim.fn.setqflist({}, " ", { title = "rhetor", items = items })
  vim.cmd "copen"
end

-- Goes to the next (1) or the previous (-1) tag.
function M.jump(direction)
  local state = current()
  if not state then return end
  local row, column = unpack(api.nvim_win_get_cursor(0))
  local best
  for _, mark in ipairs(api.nvim_buf_get_extmarks(0, marks, 0, -1, {})) do
    local off = (mark[2] - row + 1) * 1e6 + mark[3] - column
    if off * direction > 0 and (not best or off * direction < best.off * direction) then
      best = { off = off, line = mark[2], column = mark[3] }
    end
  end
  if best then api.nvim_win_set_cursor(0, { best.line + 1, best.column }) end
end

-- Only these devices or families in this buffer; none: all.
function M.filter(names)
  local state = current()
  if not state then return end
  state.filter = names and #names > 0 and names or nil
  show(api.nvim_get_current_buf(), state)
end

local verbs = {
  on = function() M.attach() end,
  off = function() M.detach() end,
  toggle = function() if buffers[api.nvim_get_current_buf()] then M.detach() else M.attach() end end,
  filter = function(arguments) M.filter(arguments) end,
  summary = function() M.summary() end,
  list = function() M.quickfix() end,
  hover = function() M.hover() end,
  next = function() M.jump(1) end,
  previous = function() M.jump(-1) end,
}

function M.command(arguments)
  local verb = table.remove(arguments, 1) or "toggle"
  if not verbs[verb] then
    return vim.notify("rhetor: no such command: " .. verb .. " (" .. table.concat(vim.tbl_keys(verbs), ", ") .. ")", vim.log.levels.ERROR)
  end
  verbs[verb](arguments)
end

function M.complete(lead, line)
  local names = vim.tbl_keys(verbs)
  if line:match "^%S+%s+filter%s" then
    names = {}
    for _, device in pairs(the_engine().devices) do names[#names + 1] = device.id end
  end
  table.sort(names)
  return vim.tbl_filter(function(name) return name:sub(1, #lead) == lead end, names)
end

function M.setup(options)
  settings = vim.tbl_extend("force", settings, options or {})
  if engine then engine = nil end
  api.nvim_create_augroup("rhetor", {})
  if #settings.filetypes > 0 then
    api.nvim_create_autocmd("FileType", {
      group = "rhetor", pattern = settings.filetypes,
      callback = function(event) M.attach(event.buf) end,
    })
  end
end

return M
