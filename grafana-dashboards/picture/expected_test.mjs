// The check of what panels say finds what it is for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultsOf } from './expected.mjs';

const errors = (changes = {}) => [
	{ title: 'Who gets which error', header: ['instance', 'backend', 'code', 'error', 'class'], rows: [
		['db2.example:10306', '127.0.1.1', '1062', 'ER_DUP_ENTRY', 'constraint'],
		['db1.example:10306', '127.0.1.2', '1146', 'ER_NO_SUCH_TABLE', 'schema'],
	], ...changes },
	{ title: 'By class', legend: [['lock'], ['schema'], ['read_only']] },
	{ title: 'Logins refused', rows: [['db1.example:10306', '127.0.1.3', '1045', 'ER_ACCESS_DENIED_ERROR']] },
];

test('sound panels have no fault', () => assert.deepEqual(faultsOf('errors', errors()), []));

for (const [expected, changes] of [
	[/shows an error code as 1.06 K/, { rows: [['db2.example:10306', '127.0.1.1', '1.06 K', 'ER_DUP_ENTRY', 'constraint']] }],
	[/does not say what is expected/, { rows: [] }],
	[/no data/, { noData: true }],
	[/parse error/, { error: 'parse error' }],
	[/40 pixels of its width/, { hiddenPixels: 40 }],
	[/40 pixels of its height/, { hiddenBelow: 40 }],
	[/does not show in full: ER_OPT/, { cut: ['ER_OPTION_PREVENTS_STATEMENT'] }],
	[/says NaN/, { value: 'NaN' }],
]) test(`finds ${expected}`, () => assert.match(faultsOf('errors', errors(changes)).join('\n'), expected));

test('a panel said to be empty must be so', () =>
	assert.match(faultsOf('server', [{ title: 'Fsync, p99', legend: [['redo']] }]).join('\n'), /is said to have none/));
