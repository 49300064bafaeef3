-- how many there were
local names = redis.call('ZRANGE', USED, 0, -1)
for _, name in ipairs(names) do
    redis.call('UNLINK', keyOf(name))
end
redis.call('UNLINK', USED, BYTES, SUM)
return #names
