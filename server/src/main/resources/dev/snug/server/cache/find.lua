-- name, now, how exactly its use is noted -> json and png
local name, now, noted = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local found = redis.call('HMGET', keyOf(name), 'json', 'png')
local used = found[1] and redis.call('ZSCORE', USED, name)
if used and now - used >= noted then
    -- A full database refuses this; the answer is there all the same.
    redis.pcall('ZADD', USED, 'XX', now, name)
end
return found
