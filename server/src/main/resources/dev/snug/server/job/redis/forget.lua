-- time, most -> how many that ended before it are gone now
local old = redis.call('ZRANGEBYSCORE', 'snug:ended', '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])
for _, member in ipairs(old) do
    removeJob(member:sub(1, 26), member:sub(27))
end
return #old
