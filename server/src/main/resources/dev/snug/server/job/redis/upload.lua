-- id, field, bytes, time to live
redis.call('HSET', keyOf(ARGV[1], 'files'), ARGV[2], ARGV[3])
redis.call('PEXPIRE', keyOf(ARGV[1], 'files'), ARGV[4])
return 1
