// What the panels have to say on the recorded samples: two servers, of which one stops answering for a while and the
// other turns read-only; three backends with errors of their own.

const includes = (cells) => (panel) => panel.rows?.some((row) => cells.every((cell) => row.includes(cell)));
const legend = (name) => (panel) => panel.legend?.some((row) => row.includes(name));
const value = (text) => (panel) => panel.value === text;
const states = (name, ...expected) => (panel) => panel.states?.some((row) => row.join() === [name, ...expected].join());

// picks: values of the variables that hold one. empty: panels without data here, and why. says: by title of the panel.
export const DASHBOARDS = {
	overview: {
		says: {
			Servers: [includes(['db1.example:10306', '127.0.0.1:3306', 'ok']), includes(['db2.example:10306', '127.0.0.1:3306', 'ok']), value('2')],
			'Not healthy': [value('0')],
			Lost: [value('0')],
			'Backends with errors': [includes(['127.0.1.1']), includes(['127.0.1.2']), includes(['127.0.1.3'])],
		},
	},
	server: {
		picks: { instance: 'db1.example:10306' },
		empty: { 'Fsync, p99': 'the samples are of the cgroup tap' },
		says: {
			Verdict: [value('ok')],
			Backends: [includes(['127.0.1.1', 'checkout']), includes(['127.0.1.2', 'search']), includes(['127.0.1.3', 'reports'])],
			'Errors in the time shown': [
				includes(['127.0.1.1', 'checkout', '1062', 'ER_DUP_ENTRY', 'constraint']),
				includes(['127.0.1.2', 'search', '1064', 'ER_PARSE_ERROR', 'schema']),
				includes(['127.0.1.1', 'checkout', '1290', 'ER_OPTION_PREVENTS_STATEMENT', 'read_only']),
			],
			Errors: [legend('127.0.1.1 1062 ER_DUP_ENTRY'), legend('127.0.1.1 1213 ER_LOCK_DEADLOCK')],
			Logins: [legend('127.0.1.3 1045 refused')],
		},
	},
	backend: {
		picks: { backend: '127.0.1.1' },
		says: {
			Name: [includes(['checkout'])],
			Servers: [includes(['db1.example:10306', '127.0.0.1:3306', 'checkout']), includes(['db2.example:10306', '127.0.0.1:3306', 'checkout'])],
			'Errors in the time shown': [includes(['db2.example:10306', 'checkout', '1213', 'ER_LOCK_DEADLOCK', 'lock'])],
		},
	},
	errors: {
		says: {
			'Who gets which error': [
				includes(['db2.example:10306', '127.0.1.1', '1062', 'ER_DUP_ENTRY', 'constraint']),
				includes(['db1.example:10306', '127.0.1.2', '1146', 'ER_NO_SUCH_TABLE', 'schema']),
			],
			'By class': [legend('lock'), legend('schema'), legend('read_only')],
			'Logins refused': [includes(['db1.example:10306', '127.0.1.3', '1045', 'ER_ACCESS_DENIED_ERROR'])],
		},
	},
	health: {
		says: {
			Verdict: [
				states('db1.example:10306 127.0.0.1:3306', 'ok', 'read_only', 'ok'),
				states('db2.example:10306 127.0.0.1:3306', 'ok', 'stuck', 'ok'),
			],
			Probes: [states('db1.example:10306 127.0.0.1:3306 write', 'ok', 'fails', 'ok')],
			'Verdicts now': [includes(['db1.example:10306', '127.0.0.1:3306', 'ok', '2026-12-01 03:45:14'])],
		},
	},
	exporter: {
		says: {
			Exporters: [includes(['db1.example:10306', 'cgroup', 'tracing refused: Operation not permitted']), value('2')],
			Servers: [includes(['db2.example:10306', '127.0.0.1:3306', '11.4.5-MariaDB'])],
			'Time of one run': [legend('db1.example:10306 command_arrives')],
		},
	},
};

// A table's column of error codes holds the code as it is, and nothing that is shown may be no number.
const texts = ({ value = '', rows = [], legend = [] }) => [value, ...rows.flat(), ...legend.flat()];
const codes = ({ header = [], rows = [] }) => rows.map((row) => row[header.indexOf('code')]).filter((cell) => cell !== undefined);

const faultsOfPanel = (panel, { empty = {} }) => {
	const faults = [];
	if (panel.error) faults.push(panel.error);
	if (panel.noData && !empty[panel.title]) faults.push('no data');
	if (!panel.noData && empty[panel.title]) faults.push('has data, and is said to have none');
	if (panel.hiddenPixels) faults.push(`${panel.hiddenPixels} pixels of its width are out of sight`);
	if (panel.hiddenBelow) faults.push(`${panel.hiddenBelow} pixels of its height are out of sight`);
	if (panel.cut?.length) faults.push(`does not show in full: ${panel.cut.slice(0, 4).join(' | ')}`);
	if (texts(panel).some((text) => /NaN|undefined/.test(text))) faults.push('says NaN');
	codes(panel).filter((code) => !/^(\d+|other)$/.test(code)).forEach((code) => faults.push(`shows an error code as ${code}`));
	return faults;
};

export const faultsOf = (name, panels) => {
	const expected = DASHBOARDS[name];
	const faults = panels.flatMap((panel) => faultsOfPanel(panel, expected).map((fault) => `panel '${panel.title}' ${fault}`));
	for (const [title, sayings] of Object.entries(expected.says)) {
		const named = panels.filter((panel) => panel.title === title);
		sayings.forEach((says, i) => { if (!named.some(says)) faults.push(`panel '${title}' does not say what is expected (${i + 1}): ${JSON.stringify(named.map((panel) => panel.rows ?? panel.states ?? panel.value ?? panel.legend)).slice(0, 500)}`); });
	}
	return faults;
};
