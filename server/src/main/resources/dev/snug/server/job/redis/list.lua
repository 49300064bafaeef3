-- index, most -> the latest jobs, each with its id before its fields
local found = {}
for _, id in ipairs(redis.call('ZREVRANGE', ARGV[1], 0, ARGV[2] - 1)) do
    local fields = redis.call('HGETALL', keyOf(id))
    if #fields > 0 then
        found[#found + 1] = { id, fields }
    end
end
return found
