-- What the scripts of RedisJobs share; its class comment lists the keys.
-- In each script that takes in more, the first write is one that a full database refuses; in each
-- that ends something, the first one gives room back, and the rest is then let through.
local GROUP, MOST = 'servers', 3
local PICTURES = 'pictures'

local function keyOf(id, part)
    return part and 'snug:job:' .. id .. ':' .. part or 'snug:job:' .. id
end

-- Wakes who waits for work.
local function ring()
    redis.call('XADD', 'snug:bell', 'MAXLEN', 1, '*', 'rung', 1)
    redis.call('EXPIRE', 'snug:bell', 60)
end

local function isOver(state)
    return state ~= 'queued' and state ~= 'running'
end

-- The entry of an item that has not ended, and its line.
local function entryOf(id, item)
    local line = redis.call('HGET', keyOf(id), 'line')
    local entry = redis.call('HGET', keyOf(id, 'items'), item)
    return entry, line
end

local function standing(id, item, token)
    local state = redis.call('HGET', keyOf(id), 'state')
    if state == 'cancelled' then
        return 'CANCELLED'
    end
    if redis.call('HGET', keyOf(id, 'items'), item .. ':token') == token then
        return 'WANTED'
    end
    return 'LOST'
end

-- How often an entry was handed out since it last moved forward.
local function deliveries(line, entry)
    local found = redis.call('XPENDING', line, GROUP, entry, entry, 1)[1]
    return found and found[4] or 0
end

local function deletePieces(key, name, count)
    for i = 0, count - 1 do
        redis.call('HDEL', key, name .. '/' .. i)
    end
end

-- A line that is empty is gone.
local function leaveLine(line, entry)
    redis.call('XACK', line, GROUP, entry)
    redis.call('XDEL', line, entry)
    if redis.call('XLEN', line) == 0 then
        redis.call('UNLINK', line)
        redis.call('SREM', 'snug:lines', line)
    end
end

-- One open order less; true where it was the last one of this name.
local function closed(name)
    if redis.call('HINCRBY', 'snug:open', name, -1) > 0 then
        return false
    end
    redis.call('HDEL', 'snug:open', name)
    return true
end

local function endJob(id, state, now, ttl, code, message)
    local key = keyOf(id)
    local account, line, alias = unpack(redis.call('HMGET', key, 'account', 'line', 'alias'))
    redis.call('UNLINK', keyOf(id, 'files'), keyOf(id, 'work'), keyOf(id, 'index'))
    local items = redis.call('HGETALL', keyOf(id, 'items'))
    for i = 1, #items, 2 do
        if tonumber(items[i]) then
            leaveLine(line, items[i + 1])
        end
    end
    redis.call('UNLINK', keyOf(id, 'items'))
    redis.call('HSET', key, 'state', state, 'ended', now)
    if code then
        redis.call('HSET', key, 'code', code, 'message', message)
    end
    redis.call('ZADD', 'snug:ended', now, id .. account)
    for _, part in ipairs({ 'question', 'ended', 'sound' }) do
        redis.call('PEXPIRE', keyOf(id, part), ttl)
    end
    redis.call('PEXPIRE', key, ttl)
    if alias ~= '' then
        redis.call('PEXPIRE', 'snug:key:' .. alias, ttl)
    end
    if closed('of:' .. account) then
        redis.call('PEXPIRE', 'snug:account:' .. account, ttl)
    end
    if closed('all') then
        redis.call('PEXPIRE', 'snug:jobs', ttl)
        redis.call('PEXPIRE', 'snug:ended', ttl)
    end
end

-- Ends an item as an outcome: A and the answer, or F, code, a zero byte and a message, or M for a
-- sound that lies there. False where it had ended.
local function endItem(id, item, outcome, now, ttl, millis)
    local entry, line = entryOf(id, item)
    if not entry then
        return false
    end
    local key = keyOf(id)
    local pieces = redis.call('HGET', keyOf(id, 'files'), item .. ':pieces')
    redis.call('HDEL', keyOf(id, 'files'), item .. ':pieces')
    deletePieces(keyOf(id, 'files'), item, tonumber(pieces or 0))
    leaveLine(line, entry)
    redis.call('HDEL', keyOf(id, 'items'), item, item .. ':token', item .. ':count')
    redis.call('HINCRBY', key, 'millis', millis)
    local kind, form = redis.call('HGET', key, 'kind'), outcome:sub(1, 1)
    if form ~= 'M' then
        redis.call('HSETNX', keyOf(id, 'ended'), item, outcome)
    end
    if kind == PICTURES then
        if form == 'F' then
            redis.call('HINCRBY', key, 'failed', 1)
        end
        local done = redis.call('HINCRBY', key, 'done', 1)
        if done == tonumber(redis.call('HGET', key, 'total')) then
            endJob(id, 'succeeded', now, ttl)
        end
    elseif form == 'F' then
        local cut = outcome:find('\0', 1, true)
        endJob(id, 'failed', now, ttl, outcome:sub(2, cut - 1), outcome:sub(cut + 1))
    else
        redis.call('HSET', key, 'done', redis.call('HGET', key, 'total'))
        endJob(id, 'succeeded', now, ttl)
    end
    return true
end

local function giveUp(id, item, now, ttl)
    local line = redis.call('HGET', keyOf(id), 'line')
    local outcome = 'Fgave_up\0handed out ' .. MOST .. ' times, and never came back'
    if endItem(id, item, outcome, now, ttl, 0) then
        redis.call('INCR', 'snug:gave-up')
        redis.call(
            'XADD', 'snug:dead', 'MAXLEN', 1000, '*',
            'job', id, 'item', item, 'line', line, 'ended', now)
    end
end

local function removeJob(id, account)
    local alias = redis.call('HGET', keyOf(id), 'alias')
    redis.call(
        'UNLINK', keyOf(id), keyOf(id, 'question'), keyOf(id, 'ended'), keyOf(id, 'sound'))
    if alias and alias ~= '' then
        redis.call('UNLINK', 'snug:key:' .. alias)
    end
    redis.call('ZREM', 'snug:jobs', id)
    redis.call('ZREM', 'snug:account:' .. account, id)
    redis.call('ZREM', 'snug:ended', id .. account)
end

