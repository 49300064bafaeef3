-- id, item, token, outcome, now, ttl, millis, of a sound: bytes, type, name -> 1, or 0 where it
-- had ended or is somebody else's
local id, item, token, outcome, now, ttl, millis = unpack(ARGV, 1, 7)
local upload = keyOf(id, 'sound:' .. token)
local isWanted = standing(id, item, token) == 'WANTED'
if not isWanted or (outcome == 'M' and redis.call('EXISTS', upload) == 0) then
    redis.call('UNLINK', upload)
    return 0
end
if outcome == 'M' then
    redis.call('UNLINK', keyOf(id, 'files'), keyOf(id, 'work'), keyOf(id, 'index'))
    redis.call('RENAME', upload, keyOf(id, 'sound'))
    redis.call('HSET', keyOf(id), 'bytes', ARGV[8], 'type', ARGV[9], 'name', ARGV[10])
end
return endItem(id, item, outcome, now, ttl, millis) and 1 or 0
