# What the commands of ./dev say and how; sourced by them. Progress goes to stderr.
# shellcheck shell=bash

die() {
	echo "dev: $*" >&2
	exit 1
}

# progress TEXT COMMAND... - announces a step that may take more than two seconds, and says how long it
# took. The command's own output (its last 100 lines) is shown only when it fails.
progress() {
	local text=$1 log status=0 pid
	shift
	log=$(mktemp)
	"$@" < /dev/null > "$log" 2>&1 &
	pid=$!
	# shellcheck disable=SC2064 # this run's own pid and file
	trap "kill $pid 2> /dev/null; rm -f '$log'; exit 130" INT TERM HUP
	local started=$SECONDS
	if [[ -t 2 ]]; then
		while kill -0 "$pid" 2> /dev/null; do
			printf '\r%s … %d s ' "$text" $((SECONDS - started)) >&2
			sleep 0.2
		done
		printf '\r' >&2
	else
		echo "$text …" >&2
	fi
	wait "$pid" || status=$?
	trap - INT TERM HUP
	if [[ $status -eq 0 ]]; then
		echo "$text: done in $((SECONDS - started)) s" >&2
	else
		tail -n 100 "$log" >&2
		echo "$text: failed (exit status $status)" >&2
	fi
	rm -f "$log"
	return "$status"
}
