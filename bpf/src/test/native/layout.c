// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Everything that lies in a map, and what its numbers mean: compiled for its type information only,
 * which `make test` compares with that of the layout's version.
 */
#include "maps.bpf.h"

struct mysql_identity backend_ids_key;
struct unix_name unix_names_key;
struct backend_counters backend_counters_value;
struct error_key errors_key;
struct connection_gauge gauges_value;
struct gauges_used gauges_used_value;
struct fsync_key fsyncs_key;
struct fsync_counters fsyncs_value;
struct tap_description description_value;
struct listener_key listeners_key;
struct listener listeners_value;

/* Of the programs alone. A newer version's go on with what an older one's have left there. */
struct tracked_connection connections_value;
struct mysql_parking parkings_value;
struct mysqld_process mysqld_processes_value;
struct fsync_call fsync_calls_value;

/* Indexes of arrays, and members of keys. */
enum mysql_response_type response_types;
enum mysql_command_class command_classes;
enum mysql_opaque_reason opaque_reasons;
enum mysql_lost_reason lost_reasons;
enum mysql_file_class file_classes;
enum mysql_command_byte command_bytes;
enum mysql_client_phase client_phases;
enum mysql_server_phase server_phases;
enum mysql_stream_state stream_states;
enum mysql_frame_event frame_events;
enum mysql_eof_style eof_styles;
