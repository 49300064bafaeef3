package dev.snug.server.job;

/**
 * One item of an order in the hands of one server.
 *
 * @param job id of its job
 * @param order all of it
 * @param item index of the item, from 0
 * @param delivery how often it was handed out since it last moved forward, from 1
 * @param token the store's own: what tells this delivery from a later one of the same item
 */
public record Task(String job, JobOrder order, int item, int delivery, String token) {}
