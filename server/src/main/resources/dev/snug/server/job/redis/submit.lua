-- id, account, kind, model, version, line, items, now, most, alias, key, sha256, question
local id, account, kind, model, version, line = unpack(ARGV, 1, 6)
local items, now, most, alias, text, sum, question = unpack(ARGV, 7, 13)
if alias ~= '' then
    local job, other = unpack(redis.call('HMGET', 'snug:key:' .. alias, 'job', 'sha256'))
    if job and redis.call('EXISTS', keyOf(job)) == 1 then
        return other == sum and { 'KNOWN', job } or { 'REUSED' }
    end
end
if tonumber(redis.call('HGET', 'snug:open', 'all') or 0) >= tonumber(most) then
    return { 'FULL' }
end
if redis.call('EXISTS', keyOf(id, 'files')) == 0 then
    return { 'EXPIRED' }
end
local total = kind == PICTURES and items or 0
redis.call(
    'HSET', keyOf(id), 'account', account, 'kind', kind, 'model', model, 'version', version,
    'line', line, 'items', items, 'state', 'queued', 'created', now, 'done', 0, 'total', total,
    'failed', 0, 'millis', 0, 'alias', alias, 'key', text, 'sha256', sum)
redis.call('SET', keyOf(id, 'question'), question)
redis.call('PERSIST', keyOf(id, 'files'))
if redis.call('EXISTS', line) == 0 then
    redis.call('XGROUP', 'CREATE', line, GROUP, '0', 'MKSTREAM')
    redis.call('SADD', 'snug:lines', line)
end
for item = 0, items - 1 do
    local entry = redis.call('XADD', line, '*', 'job', id, 'item', item)
    redis.call('HSET', keyOf(id, 'items'), item, entry)
end
local time = redis.call('TIME')
local order = time[1] * 1000000 + time[2]
redis.call('ZADD', 'snug:jobs', order, id)
redis.call('ZADD', 'snug:account:' .. account, order, id)
redis.call('PERSIST', 'snug:jobs')
redis.call('PERSIST', 'snug:ended')
redis.call('PERSIST', 'snug:account:' .. account)
redis.call('HINCRBY', 'snug:open', 'all', 1)
redis.call('HINCRBY', 'snug:open', 'of:' .. account, 1)
if alias ~= '' then
    redis.call('UNLINK', 'snug:key:' .. alias)
    redis.call('HSET', 'snug:key:' .. alias, 'job', id, 'sha256', sum)
end
ring()
return { 'NEW', id }
