/**
 * The shortest time between two changes of a tree that are announced, in milliseconds. The editor waits until 200 ms have passed
 * without another one, however long that takes: announced more often, a busy tree would never be painted.
 */
export const refreshIntervalMs = 250;
