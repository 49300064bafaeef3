-- id, item, token, outcome, now, ttl, millis, of a sound: bytes, type, name -> 1, or 0 where it
-- had ended
local id, item, token, outcome, now, ttl, millis = unpack(ARGV, 1, 7)
if outcome == 'M' then
    local upload = keyOf(id, 'sound:' .. token)
    if standing(id, item, token) ~= 'WANTED' or redis.call('EXISTS', upload) == 0 then
        redis.call('UNLINK', upload)
        return 0
    end
    redis.call('UNLINK', keyOf(id, 'files'), keyOf(id, 'work'), keyOf(id, 'index'))
    redis.call('RENAME', upload, keyOf(id, 'sound'))
    redis.call('HSET', keyOf(id), 'bytes', ARGV[8], 'type', ARGV[9], 'name', ARGV[10])
end
return endItem(id, item, outcome, now, ttl, millis) and 1 or 0
