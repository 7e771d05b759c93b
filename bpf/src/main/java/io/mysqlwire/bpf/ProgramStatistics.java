package io.mysqlwire.bpf;

/**
 * What the kernel measured of one program while BPF statistics were on (sysctl
 * kernel.bpf_stats_enabled).
 *
 * @param program its name
 * @param runs how often it ran
 * @param seconds how long all the runs took together
 */
public record ProgramStatistics(String program, long runs, double seconds) {}
