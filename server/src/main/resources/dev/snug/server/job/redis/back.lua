-- id, item, token, whether it counts, now, ttl
local id, item, token, counts, now, ttl = unpack(ARGV)
if standing(id, item, token) ~= 'WANTED' then
    return 0
end
local entry, line = entryOf(id, item)
local count = math.max(deliveries(line, entry) - (counts == '1' and 0 or 1), 0)
if count >= MOST then
    giveUp(id, item, now, ttl)
    return 1
end
-- The line must not be empty in between: then it would be gone.
redis.call('XACK', line, GROUP, entry)
local last = redis.call('XADD', line, '*', 'job', id, 'item', item)
redis.call('XDEL', line, entry)
redis.call('HSET', keyOf(id, 'items'), item, last, item .. ':count', count)
redis.call('HDEL', keyOf(id, 'items'), item .. ':token')
ring()
return 1
