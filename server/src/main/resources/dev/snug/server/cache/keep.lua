-- name, json, png or nothing, bytes of both, now, ttl, most answers, most bytes
local name, json, png, bytes = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local now, ttl, entriesMost, bytesMost = ARGV[5], ARGV[6], tonumber(ARGV[7]), tonumber(ARGV[8])
-- The first write is one that a full database refuses.
redis.call('HSET', keyOf(name), 'json', json)
redis.call('HDEL', keyOf(name), 'png')
if png ~= '' then
    redis.call('HSET', keyOf(name), 'png', png)
end
redis.call('PEXPIRE', keyOf(name), ttl)
uncount(name)
redis.call('ZADD', USED, now, name)
redis.call('HSET', BYTES, name, bytes)
redis.call('INCRBY', SUM, bytes)
while true do
    local oldest = redis.call('ZRANGE', USED, 0, 0, 'WITHSCORES')
    local isMany = redis.call('ZCARD', USED) > entriesMost
    local isMuch = tonumber(redis.call('GET', SUM)) > bytesMost
    if not oldest[1] or not (isMany or isMuch or oldest[2] + ttl <= tonumber(now)) then
        break
    end
    redis.call('UNLINK', keyOf(oldest[1]))
    uncount(oldest[1])
end
for _, key in ipairs({ USED, BYTES, SUM }) do
    redis.call('PEXPIRE', key, ttl)
end
return 1
