-- how many items are in nobody's hands
local count = 0
for _, line in ipairs(redis.call('SMEMBERS', 'snug:lines')) do
    local pending = redis.call('XPENDING', line, GROUP)
    count = count + redis.call('XLEN', line) - pending[1]
    for _, consumer in ipairs(pending[4] or {}) do
        if consumer[1] == FREE then
            count = count + consumer[2]
        end
    end
end
return count
