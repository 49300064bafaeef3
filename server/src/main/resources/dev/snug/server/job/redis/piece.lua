-- id, item, token, node, part of the job's keys, field, bytes, time to live or 0 -> standing
local id, item, token, node, part, field, bytes, ttl = unpack(ARGV)
local now = standing(id, item, token)
if now == 'WANTED' then
    redis.call('HSET', keyOf(id, part), field, bytes)
    if ttl ~= '0' then
        redis.call('PEXPIRE', keyOf(id, part), ttl)
    end
    local entry, line = entryOf(id, item)
    redis.call('XCLAIM', line, GROUP, node, 0, entry, 'IDLE', 0, 'JUSTID')
end
return now
