-- lib.lua: librhetor through LuaJIT's FFI; usable in and outside Neovim.
-- In: text in bytes. Out: plain Lua tables; offsets are bytes from 0, half-open.
-- The library is found by RHETOR_LIBRARY, then beside this file, pkg-config, the usual paths.
local ok, ffi = pcall(require, "ffi")
if not ok then
  error("rhetor needs LuaJIT (this Lua has no ffi); use the command line's --format jsonl instead", 0)
end

local M = {}
local lib

local function script_folder()
  return debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
end

local function read(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  return text
end

local function popen(command)
  local pipe = io.popen(command .. " 2>/dev/null")
  if not pipe then return nil end
  local line = pipe:read("*l")
  pipe:close()
  return line ~= "" and line or nil
end

-- Where the library and its declarations may be; the first of each that is there wins.
local function places()
  local named = os.getenv("RHETOR_LIBRARY")
  if named then return { named }, { named:match("^(.*)/[^/]*$") or "." } end
  local here = script_folder()
  local libdir, include = popen("pkg-config --variable=libdir rhetor"), popen("pkg-config --variable=includedir rhetor")
  local libraries, folders = { here .. "/librhetor.so" }, { here }
  if libdir then table.insert(libraries, libdir .. "/librhetor.so.1") end
  if include then table.insert(folders, include .. "/rhetor") end
  for _, name in ipairs { "librhetor.so.1", "librhetor.1.dylib", "/usr/local/lib/librhetor.so.1" } do
    table.insert(libraries, name)
  end
  for _, name in ipairs { "/usr/include/rhetor", "/usr/local/include/rhetor" } do table.insert(folders, name) end
  return libraries, folders
end

local function declare(folders)
  if pcall(ffi.typeof, "rhetor_tag") then return end -- declaring twice is an error
  for _, folder in ipairs(folders) do
    for _, path in ipairs { folder .. "/rhetor.cdef", folder .. "/../rhetor.cdef" } do
      local text = read(path)
      if text then return ffi.cdef(text) end
    end
  end
  error("rhetor.cdef is not found: install librhetor's headers, or name the library in RHETOR_LIBRARY", 0)
end

local function load()
  if lib then return lib end
  local libraries, folders = places()
  declare(folders)
  local why = {}
  for _, path in ipairs(libraries) do
    local found, library = pcall(ffi.load, path)
    if found then
      local abi = library.rhetor_abi()
      if abi ~= ffi.C.RHETOR_ABI then
        error(("%s has ABI %d, this module needs %d: install the librhetor that fits, or name it in RHETOR_LIBRARY")
          :format(path, abi, ffi.C.RHETOR_ABI), 0)
      end
      lib = library
      return lib
    end
    table.insert(why, tostring(library))
  end
  error("librhetor is not found: install it, or name it in RHETOR_LIBRARY (" .. table.concat(why, "; ") .. ")", 0)
end

local function str(pointer) return pointer ~= nil and ffi.string(pointer) or "" end

local function sized(kind)
  local value = ffi.new(kind)
  value.size = ffi.sizeof(kind)
  return value
end

local function check(status, error_struct)
  if status >= 0 then return status end
  local message = error_struct and ffi.string(error_struct.message) or ""
  error(message ~= "" and message or str(lib.rhetor_status_name(status)), 0)
end

function M.version() return str(load().rhetor_version()) end

-- ---- Engine ------------------------------------------------------------------------------------

local Engine = {}
Engine.__index = Engine

-- options: patterns (list of files or folders), builtin (default true), min_score.
-- Returns an engine, and a list of mistakes in the sets (their sound rest is used).
function M.engine(options)
  options = options or {}
  local l = load()
  local settings, err = sized "rhetor_options", sized "rhetor_error"
  settings.no_builtin = options.builtin == false and 1 or 0
  settings.min_score = options.min_score or 0
  local builder, handle = ffi.new "rhetor_builder *[1]", ffi.new "rhetor_engine *[1]"
  check(l.rhetor_builder_new(settings, builder, err), err)
  builder = ffi.gc(builder[0], l.rhetor_builder_free)
  local mistakes = {}
  for _, path in ipairs(options.patterns or {}) do
    local status = l.rhetor_builder_add_path(builder, path, err)
    if status < 0 and status ~= ffi.C.RHETOR_E_SET then
      table.insert(mistakes, ffi.string(err.message))
    end
  end
  check(l.rhetor_builder_finish(builder, handle, err), err)
  local count = ffi.new "uint32_t[1]"
  local said = l.rhetor_builder_diagnostics(builder, count)
  for i = 0, count[0] - 1 do
    if said[i].severity == ffi.C.RHETOR_ERROR then
      table.insert(mistakes, ("%s:%d:%d: %s"):format(str(said[i].file), said[i].line, said[i].column, str(said[i].message)))
    end
  end
  local engine = setmetatable({ handle = ffi.gc(handle[0], l.rhetor_engine_release), devices = {}, rules = {} }, Engine)
  for i = 0, l.rhetor_engine_device_count(engine.handle) - 1 do
    local row = sized "rhetor_device"
    check(l.rhetor_engine_device(engine.handle, i, row))
    engine.devices[i] = {
      id = str(row.id), name = str(row.name), family = str(row.family),
      definition = str(row.definition), references = str(row.references),
    }
  end
  return engine, mistakes
end

function Engine:rule(index)
  if not self.rules[index] then
    local row = sized "rhetor_rule"
    check(lib.rhetor_engine_rule(self.handle, index, row))
    self.rules[index] = str(row.id)
  end
  return self.rules[index]
end

function Engine:close()
  if self.handle then
    lib.rhetor_engine_release(ffi.gc(self.handle, nil))
    self.handle = nil
  end
end

-- ---- Document ----------------------------------------------------------------------------------

local Document = {}
Document.__index = Document
local voices = { [0] = "author", "quoted", "scripted" }

function Engine:document(text)
  local err, handle = sized "rhetor_error", ffi.new "rhetor_document *[1]"
  check(lib.rhetor_document_new(self.handle, handle, err), err)
  local document = setmetatable({ engine = self, handle = ffi.gc(handle[0], lib.rhetor_document_free) }, Document)
  if text then document:set_text(text) end
  return document
end

function Document:set_text(text) check(lib.rhetor_document_set_text(self.handle, text, #text)) end

-- Replaces bytes [first, last) by text.
function Document:replace(first, last, text)
  check(lib.rhetor_document_replace(self.handle, first, last, text, #text))
end

-- Replaces lines [first, last), counted from 0, by text (with its line ends).
function Document:replace_lines(first, last, text)
  check(lib.rhetor_document_replace_lines(self.handle, first + 1, last + 1, text, #text))
end

function Document:analyse()
  local err = sized "rhetor_error"
  check(lib.rhetor_document_analyse(self.handle, err), err)
end

-- Analyses about `budget` bytes more; true while there is more to do.
function Document:step(budget)
  local err = sized "rhetor_error"
  return check(lib.rhetor_document_step(self.handle, budget, err), err) == ffi.C.RHETOR_MORE
end

function Document:generation() return lib.rhetor_document_generation(self.handle) end

function Document:text()
  local length = ffi.new "uint32_t[1]"
  local text = lib.rhetor_document_text(self.handle, length)
  return ffi.string(text, length[0])
end

function Document:name(number) return str(lib.rhetor_document_name(self.handle, number, nil)) end

-- All tags in order: id, device, family, start, end_, line, column, end_line, end_column (bytes from 0),
-- score, voice, speaker, pattern, roles (name -> {start, end_, party}).
function Document:tags()
  self:analyse()
  local n, m = ffi.new "uint32_t[1]", ffi.new "uint32_t[1]"
  local rows = lib.rhetor_document_tags(self.handle, n)
  local roles = lib.rhetor_document_roles(self.handle, m)
  local count = n[0]
  local bytes, places_ = ffi.new("uint32_t[?]", 2 * count + 1), ffi.new("rhetor_position[?]", 2 * count + 1)
  for i = 0, count - 1 do
    bytes[i], bytes[count + i] = rows[i].start, rows[i]["end"]
  end
  check(lib.rhetor_document_positions(self.handle, ffi.C.RHETOR_BYTES, bytes, 2 * count, places_))
  local out = {}
  for i = 0, count - 1 do
    local row, device = rows[i], self.engine.devices[rows[i].device]
    local own = {}
    for r = row.first_role, row.first_role + row.role_count - 1 do
      own[str(lib.rhetor_engine_role_name(self.engine.handle, roles[r].name))] =
        { start = roles[r].start, end_ = roles[r]["end"], party = self:name(roles[r].party) }
    end
    out[i + 1] = {
      id = row.id, device = device.id, family = device.family, start = row.start, end_ = row["end"],
      line = places_[i].line - 1, column = places_[i].column - 1,
      end_line = places_[count + i].line - 1, end_column = places_[count + i].column - 1,
      score = row.score, voice = voices[row.voice], speaker = self:name(row.speaker),
      pattern = self.engine:rule(row.rule), roles = own,
    }
  end
  return out
end

local function text_of(call, document, id)
  local length = call(document.handle, id, nil, 0)
  local buffer = ffi.new("char[?]", length + 1)
  call(document.handle, id, buffer, length + 1)
  return ffi.string(buffer)
end

function Document:explain(id) return text_of(lib.rhetor_document_explain, self, id) end
function Document:message(id) return text_of(lib.rhetor_document_message, self, id) end

function Document:close()
  if self.handle then
    lib.rhetor_document_free(ffi.gc(self.handle, nil))
    self.handle = nil
  end
end

return M
