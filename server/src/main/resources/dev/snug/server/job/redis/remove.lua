-- id -> 1, or 0 where it is not over
local state, account = unpack(redis.call('HMGET', keyOf(ARGV[1]), 'state', 'account'))
if not state or not isOver(state) then
    return 0
end
removeJob(ARGV[1], account)
return 1
