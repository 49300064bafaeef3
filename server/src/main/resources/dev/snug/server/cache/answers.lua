-- What the scripts of RedisAnswers share; its class comment lists the keys.
local USED, BYTES, SUM = 'snug:answers', 'snug:answers:bytes', 'snug:answers:sum'

local function keyOf(name)
    return 'snug:answer:' .. name
end

-- What is not counted any more.
local function uncount(name)
    local bytes = redis.call('HGET', BYTES, name)
    if bytes then
        redis.call('INCRBY', SUM, -bytes)
        redis.call('HDEL', BYTES, name)
    end
    redis.call('ZREM', USED, name)
end

