-- golden.lua: compares tags with tests/bindings/golden.tags. In: its folder, tags with lines and columns from 0.
local M = {}

function M.read(folder)
  local wanted, devices = {}, {}
  for line in io.lines(folder .. "/golden.tags") do
    local device = line:match "^%d+ %d+ %d+ (%S+)"
    if device then
      wanted[#wanted + 1] = line
      devices[device] = true
    end
  end
  assert(#wanted > 5, "the golden list is empty")
  return wanted, devices
end

-- column_end: bytes from the start of the first line, as the list has them.
function M.compare(folder, tags)
  local wanted, devices = M.read(folder)
  local got = {}
  for _, tag in ipairs(tags) do
    if devices[tag.device] then
      got[#got + 1] = ("%d %d %d %s"):format(tag.line + 1, tag.column + 1, tag.column + 1 + tag.end_ - tag.start, tag.device)
    end
  end
  for i = 1, math.max(#wanted, #got) do
    assert(wanted[i] == got[i], ("tag %d: wanted %s, got %s"):format(i, tostring(wanted[i]), tostring(got[i])))
  end
end

return M
