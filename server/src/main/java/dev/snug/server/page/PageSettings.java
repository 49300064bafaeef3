package dev.snug.server.page;

import dev.snug.server.settings.HeatMaps;

/**
 * What pages say of the server's limits.
 *
 * @param heatMaps whether heat maps are shown
 * @param textChars most characters of a text
 * @param pictureBytes most bytes of a picture
 * @param jobBytes most bytes of a job's files; 0 where no jobs are taken
 */
public record PageSettings(HeatMaps heatMaps, int textChars, long pictureBytes, long jobBytes) {}
