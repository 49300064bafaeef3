-- how many items are in nobody's hands
local count = 0
for _, line in ipairs(redis.call('SMEMBERS', 'snug:lines')) do
    count = count + redis.call('XLEN', line) - redis.call('XPENDING', line, GROUP)[1]
end
return count
