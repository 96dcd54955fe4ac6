-- plugin.lua: run in a headless Neovim on a copy of golden.txt. Ends Neovim with 0, or says why and ends it with 1.
local folder = vim.g.golden
package.path = folder .. "/../../bindings/lua/tests/?.lua;" .. package.path
local golden = require "golden"
local rhetor = require "rhetor"

local function wait()
  assert(vim.wait(10000, function() return rhetor.is_done(0) end, 10), "the analysis does not end")
end

local function test()
  vim.cmd "Rhetor on"
  wait()
  golden.compare(folder, rhetor.tags())
  local marks = vim.api.nvim_buf_get_extmarks(0, vim.api.nvim_create_namespace "rhetor", 0, -1, {})
  assert(#marks == #rhetor.tags(), "extmarks")
  assert(#vim.diagnostic.get(0) == #rhetor.tags(), "diagnostics")
  -- typing: the tags follow, and equal those of a fresh document
  local function fresh()
    local engine = require("rhetor.lib").engine()
    local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n") .. (vim.bo.endofline and "\n" or "")
    return engine:document(text):tags()
  end
  local function same(what)
    wait()
    local a, b = rhetor.tags(), fresh()
    assert(#a == #b, ("%s: %d tags, fresh %d"):format(what, #a, #b))
    for i = 1, #a do
      assert(a[i].device == b[i].device and a[i].start == b[i].start and a[i].end_ == b[i].end_, what .. ": tag " .. i)
    end
  end
  local before = #rhetor.tags()
  vim.api.nvim_win_set_cursor(0, { 3, 0 })
  vim.cmd "normal! iWe must speak. \027"
  same "insert"
  assert(#rhetor.tags() > before, "a tag more")
  vim.cmd "normal! dd"
  same "delete a line"
  vim.cmd "normal! ggO“Perhaps,” said Anna, “we must go.” 😀\027"
  same "insert with quotes"
  vim.cmd "undo"
  same "undo"
  vim.cmd "%s/must/should/g"
  same "substitute"
  vim.cmd "Rhetor filter necessity"
  for _, tag in ipairs(rhetor.tags()) do assert(tag.device == "necessity") end
  vim.cmd "Rhetor filter"
  vim.api.nvim_win_set_cursor(0, { 1, 0 })
  vim.cmd "Rhetor next"
  assert(vim.api.nvim_win_get_cursor(0)[1] > 1, "next")
  vim.cmd "Rhetor hover"
  vim.cmd "Rhetor summary"
  vim.cmd "Rhetor list"
  assert(#vim.fn.getqflist() > 0, "quickfix")
  vim.cmd "cclose"
  vim.cmd "Rhetor off"
  assert(#vim.api.nvim_buf_get_extmarks(0, vim.api.nvim_create_namespace "rhetor", 0, -1, {}) == 0, "off")
  vim.cmd "checkhealth rhetor"
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), "\n")
  assert(report:find "librhetor %d" and not report:find "ERROR", report)
end

local fine, why = xpcall(test, debug.traceback)
if not fine then io.stderr:write(tostring(why) .. "\n") end
vim.cmd(fine and "qall!" or "cquit 1")
