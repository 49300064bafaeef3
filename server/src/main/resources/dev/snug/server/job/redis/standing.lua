-- id, item, token -> standing
return standing(ARGV[1], ARGV[2], ARGV[3])
