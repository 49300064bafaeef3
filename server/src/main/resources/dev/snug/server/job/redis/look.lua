-- alias, sha256, most -> KNOWN and the job's id, REUSED, FULL, or NEW
local job, sum = unpack(redis.call('HMGET', 'snug:key:' .. ARGV[1], 'job', 'sha256'))
if job and redis.call('EXISTS', keyOf(job)) == 1 then
    return sum == ARGV[2] and { 'KNOWN', job } or { 'REUSED' }
end
if tonumber(redis.call('HGET', 'snug:open', 'all') or 0) >= tonumber(ARGV[3]) then
    return { 'FULL' }
end
return { 'NEW' }
