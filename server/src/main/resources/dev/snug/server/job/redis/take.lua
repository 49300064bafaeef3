-- node, token, now, ttl, idle, count and lines, count and tokens in hand, count and tokens of
-- takes whose reply was lost -> 1, job, item, delivery; or 0 and the last ring of the bell
local node, token, now, ttl, idle = unpack(ARGV, 1, 5)
local at = 6
local function several()
    local values = {}
    for i = at + 1, at + ARGV[at] do
        values[#values + 1] = ARGV[i]
    end
    at = at + ARGV[at] + 1
    return values
end
local lines, held, unsure = several(), {}, {}
for _, one in ipairs(several()) do
    held[one] = true
end
for _, one in ipairs(several()) do
    unsure[one] = true
end

local function isBefore(one, other)
    local oneMillis, oneNumber = one:match('(%d+)-(%d+)')
    local otherMillis, otherNumber = other:match('(%d+)-(%d+)')
    if oneMillis == otherMillis then
        return tonumber(oneNumber) < tonumber(otherNumber)
    end
    return tonumber(oneMillis) < tonumber(otherMillis)
end

-- What an entry says: its job and item.
local function named(line, entry)
    local fields = redis.call('XRANGE', line, entry, entry)[1][2]
    return fields[2], fields[4]
end

-- The oldest that is this node's own and in no hand, because its server was killed or a reply lost.
local function left(line)
    for _, one in ipairs(redis.call('XPENDING', line, GROUP, '-', '+', 1000, node)) do
        local job, item = named(line, one[1])
        local last = redis.call('HGET', keyOf(job, 'items'), item .. ':token')
        if not last or not held[last] then
            return { line = line, entry = one[1], count = one[4] + (unsure[last] and 0 or 1) }
        end
    end
end

-- What somebody has had for longer than a step may take.
local function claimed(line)
    local cursor = '0-0'
    repeat
        local reply = redis.call(
            'XAUTOCLAIM', line, GROUP, node, idle, cursor, 'COUNT', 1)
        local one = reply[2][1]
        if one then
            return { line = line, entry = one[1], count = deliveries(line, one[1]) }
        end
        cursor = reply[1]
    until cursor == '0-0'
end

local function new(line)
    for _, group in ipairs(redis.call('XINFO', 'GROUPS', line)) do
        for i = 1, #group, 2 do
            if group[i] == 'last-delivered-id' then
                local one = redis.call('XRANGE', line, '(' .. group[i + 1], '+', 'COUNT', 1)[1]
                return one and { line = line, entry = one[1], isNew = true }
            end
        end
    end
end

-- The oldest that a look finds in the lines.
local function oldest(look)
    local best
    for _, line in ipairs(lines) do
        if redis.call('EXISTS', line) == 1 then
            local one = look(line)
            if one and (not best or isBefore(one.entry, best.entry)) then
                best = one
            end
        end
    end
    return best
end

-- To look is to claim here: the first is the one.
local function firstClaimed()
    for _, line in ipairs(lines) do
        local one = redis.call('EXISTS', line) == 1 and claimed(line)
        if one then
            return one
        end
    end
end

local function hand(one)
    if one.isNew then
        redis.call('XREADGROUP', 'GROUP', GROUP, node, 'COUNT', 1, 'STREAMS', one.line, '>')
    end
    local job, item = named(one.line, one.entry)
    -- What was given back is a new entry, and brings its count along.
    one.count = one.count or (redis.call('HGET', keyOf(job, 'items'), item .. ':count') or 0) + 1
    if one.count > MOST then
        giveUp(job, item, now, ttl)
        return nil
    end
    redis.call(
        'XCLAIM', one.line, GROUP, node, 0, one.entry,
        'IDLE', 0, 'RETRYCOUNT', one.count, 'JUSTID')
    redis.call('HSET', keyOf(job, 'items'), item .. ':token', token)
    redis.call('HSET', keyOf(job), 'state', 'running')
    redis.call('HSETNX', keyOf(job), 'started', now)
    return { 1, job, item, one.count }
end

while true do
    local one = oldest(left) or firstClaimed() or oldest(new)
    if not one then
        local rung = redis.call('XREVRANGE', 'snug:bell', '+', '-', 'COUNT', 1)[1]
        return { 0, rung and rung[1] or '0-0' }
    end
    local handed = hand(one)
    if handed then
        return handed
    end
end
