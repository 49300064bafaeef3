-- id, item, token, whether it counts, now, ttl
local id, item, token, counts, now, ttl = unpack(ARGV)
if standing(id, item, token) ~= 'WANTED' then
    return 0
end
local entry, line = entryOf(id, item)
local count = deliveries(line, entry) - (counts == '1' and 0 or 1)
if count >= MOST then
    giveUp(id, item, now, ttl)
    return 1
end
redis.call(
    'XCLAIM', line, GROUP, FREE, 0, entry, 'IDLE', 0, 'RETRYCOUNT', math.max(count, 0), 'JUSTID')
redis.call('HDEL', keyOf(id, 'items'), item .. ':token')
ring()
return 1
