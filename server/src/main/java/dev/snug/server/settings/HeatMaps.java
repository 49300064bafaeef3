package dev.snug.server.settings;

/** Whether this server shows heat maps: {@code SNUG_HEATMAP}. */
public enum HeatMaps {
    /** Always: a model that does not fit with them is refused. */
    ON,
    /** Never: asking for one is an error, and its memory and time are saved. */
    OFF,
    /** Where the memory limit has room for them. */
    AUTO
}
