-- id, item, token, node, done, total, millis, then for each file that changed its name and what it
-- is now, or nothing where it is gone -> standing
local id, item, token, node, done, total, millis = unpack(ARGV, 1, 7)
local now = standing(id, item, token)
if now ~= 'WANTED' then
    return now
end
local key = keyOf(id)
local index, work = keyOf(id, 'index'), keyOf(id, 'work')
-- Writes what is there: the first write, for a full database to refuse.
redis.call('HSET', keyOf(id, 'items'), item .. ':token', token)
-- A file is a generation and its length; the pieces of another generation go.
for i = 8, #ARGV, 2 do
    local name, value = ARGV[i], ARGV[i + 1]
    local old = redis.call('HGET', index, name)
    local generation = value:match('^(%d+) ')
    local before, length = (old or ''):match('^(%d+) (%d+)$')
    if before and before ~= generation then
        local from = 0
        while from < tonumber(length) do
            local field = name .. '@' .. before .. '@' .. string.format('%.0f', from)
            from = from + redis.call('HSTRLEN', work, field)
            if redis.call('HDEL', work, field) == 0 then
                break
            end
        end
    end
    if value == '' then
        redis.call('HDEL', index, name)
    else
        redis.call('HSET', index, name, value)
    end
end
if redis.call('HGET', key, 'kind') ~= PICTURES then
    redis.call('HSET', key, 'done', done, 'total', total)
    redis.call('HINCRBY', key, 'millis', millis)
end
local entry, line = entryOf(id, item)
redis.call('XCLAIM', line, GROUP, node, 0, entry, 'IDLE', 0, 'RETRYCOUNT', 1, 'JUSTID')
return now
