-- module.lua FOLDER: the module against the golden list, edits against a fresh text, closing in any order.
local folder = arg[1]
package.path = arg[0]:match "^(.*)/" .. "/?.lua;" .. package.path
local golden, rhetor = require "golden", require "rhetor.lib"
assert(rhetor.version():match "^%d+%.%d+")
local engine, mistakes = rhetor.engine()
assert(#mistakes == 0, mistakes[1])
local file = assert(io.open(folder .. "/golden.txt", "rb"))
local text = file:read "*a"
file:close()
local document = engine:document(text)
golden.compare(folder, document:tags())

local function flat(tags)
  local out = {}
  for _, t in ipairs(tags) do out[#out + 1] = ("%s %d %d %.4f %s"):format(t.device, t.start, t.end_, t.score, t.speaker) end
  return table.concat(out, "\n")
end
document:replace(10, 12, "\240\159\152\128 perhaps")
local changed = text:sub(1, 10) .. "\240\159\152\128 perhaps" .. text:sub(13)
assert(document:text() == changed)
assert(flat(document:tags()) == flat(engine:document(changed):tags()))
document:set_text(("We must act.\n\n"):rep(40))
local steps = 1
while document:step(1) do steps = steps + 1 end
assert(steps > 40)
local tag = document:tags()[1]
assert(document:explain(tag.id):find "score" and #document:message(tag.id) > 0)
engine:close()
engine:close()
assert(#document:tags() >= 40)
document:close()
document:close()
local broken = os.tmpname()
local out = assert(io.open(broken, "w"))
out:write "devices:\n  - {id: sea, nmae: Sea}\n"
out:close()
local _, said = rhetor.engine { patterns = { broken } }
os.remove(broken)
assert(said[1] and said[1]:find ":2:", said[1])
