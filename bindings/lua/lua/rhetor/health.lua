-- health.lua: :checkhealth rhetor
local M = {}

function M.check()
  local health = vim.health or require "health"
  local start, ok, err = health.start or health.report_start, health.ok or health.report_ok, health.error or health.report_error
  start "rhetor"
  if not jit then return err "this Neovim has no LuaJIT; use rhetor-lsp instead" end
  ok "LuaJIT is there"
  local loaded, lib = pcall(require, "rhetor.lib")
  if not loaded then return err(lib) end
  local found, version = pcall(lib.version)
  if not found then return err(version) end
  ok("librhetor " .. version)
  local engine, mistakes = lib.engine {}
  local count = 0
  for _ in pairs(engine.devices) do count = count + 1 end
  ok(count .. " devices")
  for _, mistake in ipairs(mistakes) do err(mistake) end
end

return M
