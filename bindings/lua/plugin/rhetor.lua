-- The :Rhetor command. Nothing is loaded before it is used; setup() attaches to file types by itself.
if vim.g.loaded_rhetor then return end
vim.g.loaded_rhetor = true

vim.api.nvim_create_user_command("Rhetor", function(call) require("rhetor").command(call.fargs) end, {
  nargs = "*",
  complete = function(lead, line) return require("rhetor").complete(lead, line) end,
  desc = "Rhetorical devices: on, off, toggle, filter, summary, list, hover, next, previous",
})
