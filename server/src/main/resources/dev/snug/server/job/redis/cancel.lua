-- id, now, ttl -> 1, or 0 where it was over
local state = redis.call('HGET', keyOf(ARGV[1]), 'state')
if not state or isOver(state) then
    return 0
end
endJob(ARGV[1], 'cancelled', ARGV[2], ARGV[3])
return 1
