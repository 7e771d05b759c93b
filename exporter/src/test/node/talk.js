// talk.js TOPIC PORT FILE - one conversation through mysql2; prints as JSON what the application saw.
'use strict';
const fs = require('fs');
const mysql = require('mysql2');
// Not exported by the package, hence by their paths.
const Command = require('./node_modules/mysql2/lib/commands/command.js');
const Packet = require('./node_modules/mysql2/lib/packets/packet.js');

const [topic, port, file] = process.argv.slice(2);
const MARK = '/*counted*/';
const ROWS = `SELECT id, name FROM item ${MARK}`;
const seen = {};

function count(name, n = 1) {
  seen[name] = (seen[name] || 0) + n;
}

function connect(options = {}) {
  const connection = mysql.createConnection({
    host: '127.0.0.1',
    port: Number(port),
    user: 'native',
    password: 'a password',
    database: 'shop',
    multipleStatements: true,
    ...options,
  });
  connection.on('error', () => {}); // each call says so as well
  return connection;
}

function call(start) {
  return new Promise((resolve, reject) => start((error, ...rest) => (error ? reject(error) : resolve(rest))));
}

function refused(error) {
  if (!error.errno) throw error;
  count(`auth_err ${error.errno}`);
}

/** One result of many is a list of rows or a header; many are a list of those. */
function observe(result, fields) {
  const results = Array.isArray(fields) && (fields.length === 0 || Array.isArray(fields[0]) || fields.includes(undefined))
    ? result : [result];
  for (const one of Array.isArray(results) ? results : [results]) {
    if (Array.isArray(one)) {
      count('resultset');
      count('rows', one.length);
    } else {
      count('ok');
    }
  }
}

async function query(connection, ...statements) {
  for (const sql of statements) {
    try {
      const [result, fields] = await call((done) => connection.query(sql, done));
      observe(result, fields);
    } catch (error) {
      if (!error.errno) throw error;
      count(`err ${error.errno}`);
    }
  }
}

async function execute(connection, sql, values) {
  try {
    await call((done) => connection.execute(sql, values, done));
    count('command stmt_execute');
  } catch (error) {
    if (!error.errno) throw error;
    count(`err ${error.errno}`);
  }
}

async function withConnection(options, conversation) {
  const connection = connect(options);
  await call((done) => connection.connect(done));
  await conversation(connection);
  await call((done) => connection.end(done));
}

const say = (...statements) => (connection) => query(connection, ...statements);
const load = (table) => ({
  sql: `LOAD DATA LOCAL INFILE '${file}' INTO TABLE ${table} ${MARK}`,
  infileStreamFactory: (path) => fs.createReadStream(path),
});
const held = say(ROWS, 'SELEC 1', `SELECT GET_LOCK('seen', 60) ${MARK}`, `SELECT 1 ${MARK}`);

async function prepared(connection) {
  for (let i = 0; i < 5; i++) {
    await execute(connection, 'SELECT id, name FROM item WHERE id < ?', [i]);
    await execute(connection, 'UPDATE account SET balance = ?', [i]);
    await execute(connection, 'SELECT id FROM item', []);
    await execute(connection, 'DO 0', []);
  }
  connection.unprepare('SELECT id, name FROM item WHERE id < ?');
  connection.unprepare('DO 0');
}

/** A command that the driver has no call for; its answer ends with the given number of EOFs. */
class Raw extends Command {
  constructor(bytes, ends, done) {
    super();
    Object.assign(this, { bytes, ends, onResult: done });
  }

  start(packet, connection) {
    const command = new Packet(0, Buffer.concat([Buffer.alloc(4), this.bytes]), 0, this.bytes.length + 4);
    connection.writePacket(command);
    return this.ends < 0 ? this.finish() : this.answer;
  }

  answer(packet) {
    if (this.ends > 0 && !(packet.isEOF() && --this.ends === 0)) return this.answer;
    return this.finish();
  }

  finish() {
    process.nextTick(this.onResult);
    return null;
  }
}

const NONE = -1; // no answer
const ONE = 0; // one packet

function raw(connection, bytes, ends = ONE) {
  return call((done) => connection.addCommand(new Raw(Buffer.from(bytes), ends, done)));
}

const number = (value) => [value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24];
const text = (value) => [...Buffer.from(value)];

async function cursor(connection) {
  const [statement] = await call((done) => connection.prepare('SELECT id, name FROM item', done));
  await raw(connection, [0x17, ...number(statement.id), 1, ...number(1)], 1);
  for (const rows of [13, 1, 2000]) {
    await raw(connection, [0x1c, ...number(statement.id), ...number(rows)], 1);
  }
  await raw(connection, [0x1a, ...number(statement.id)]);
  statement.close();
}

async function longData(connection) {
  const [statement] = await call((done) => connection.prepare('SELECT LENGTH(?)', done));
  for (const size of [1, 100003]) {
    await raw(connection, [0x18, ...number(statement.id), 0, 0, ...Buffer.alloc(size, 'x')], NONE);
    await raw(connection, [0x17, ...number(statement.id), 0, ...number(1), 0, 1, 0xfc, 0], 2);
    await raw(connection, [0x1a, ...number(statement.id)]);
  }
  statement.close();
}

async function login(options) {
  try {
    await withConnection(options, say(`SELECT 1 ${MARK}`));
  } catch (error) {
    refused(error);
  }
}

async function changeUser(connection) {
  for (const user of ['other', 'native']) {
    await query(connection, `SELECT 1 ${MARK}`);
    await call((done) => connection.changeUser({ user }, done));
    await query(connection, ROWS);
  }
}

const topics = {
  'login-native': () => login({}),
  'login-sha2': async () => {
    await login({ user: 'sha2' });
    await login({ user: 'sha2' });
  },
  'auth-switch': () => login({}),
  'login-refused': async () => {
    await login({ password: 'wrong' });
    await login({ user: 'nobody' });
  },
  'change-user': () => withConnection({}, changeUser),
  'change-user-refused': async () => {
    const connection = connect();
    await call((done) => connection.changeUser({ user: 'other', password: 'wrong' }, done)).catch(refused);
    connection.destroy();
  },
  'reset-connection': () =>
    withConnection({}, async (connection) => {
      await call((done) => connection.reset(done));
      await query(connection, `SELECT 1 ${MARK}`);
    }),
  text: () => withConnection({}, say(ROWS, `DO 0 ${MARK}`, `UPDATE account SET balance = 1 ${MARK}`)),
  errors: () =>
    withConnection({}, say('SELEC 1', 'SELECT * FROM missing', "SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO=50001")),
  'multi-statement': () =>
    withConnection({}, say(`SELECT 1 ${MARK}; DO 0 ${MARK}; ${ROWS}`, 'SELECT 1; SELEC 2')),
  call: () => withConnection({}, say(`CALL two_results() ${MARK}`, 'CALL signals()')),
  prepared: () => withConnection({}, prepared),
  'prepared-error': () =>
    withConnection({}, async (connection) => {
      await execute(connection, 'SELECT ? FROM missing', [1]);
      await execute(connection, "INSERT INTO item VALUES (?, 'again')", [1]);
    }),
  batch: () =>
    withConnection({}, async (connection) => {
      // All at once: the driver queues them, it does not pipeline.
      await Promise.all([1, 2, 3, 4, 5, 6, 7].map((i) => execute(connection, 'INSERT INTO sink VALUES (?, NULL)', [i])));
    }),
  'local-infile': () => withConnection({}, say(load('file'))),
  'local-infile-fails': () => withConnection({}, say(load('checked_file'))),
  ping: () =>
    withConnection({}, async (connection) => {
      for (let i = 0; i < 3; i++) {
        await call((done) => connection.ping(done));
        count('command ping');
      }
    }),
  'init-db': () => withConnection({}, (connection) => raw(connection, [0x02, ...text('information_schema')])),
  'field-list': () => withConnection({}, (connection) => raw(connection, [0x04, ...text('item\0%')], 1)),
  statistics: () => withConnection({}, (connection) => raw(connection, [0x09])),
  'process-info': () => withConnection({}, (connection) => raw(connection, [0x0a], 2)),
  debug: () => withConnection({}, (connection) => raw(connection, [0x0d])),
  'set-option': () => withConnection({}, (connection) => raw(connection, [0x1b, 0, 0])),
  cursor: () => withConnection({}, cursor),
  'long-data': () => withConnection({}, longData),
  'stmt-reset': () => withConnection({}, longData),
  'old-eof': () => withConnection({}, say(ROWS, `SELECT 1 ${MARK}; SELECT 2 ${MARK}`)),
  'long-row': () => withConnection({}, say(`SELECT REPEAT('y', 17000023), 'z' ${MARK}`)),
  'sequence-id-wraps': () => withConnection({}, say(ROWS)),
  'error-after-rows': () =>
    withConnection(
      {},
      say('SELECT (SELECT amount FROM price WHERE price.item = i.id) FROM item i ORDER BY id')
    ),
  compressed: () => withConnection({ compress: true }, held),
  tls: () => withConnection({ ssl: { rejectUnauthorized: false } }, held),
  // The driver's own stream trips over the first event.
  'binlog-dump': () =>
    withConnection({}, async (connection) => {
      await query(connection, 'SET @master_binlog_checksum = @@global.binlog_checksum');
      await raw(connection, [0x12, ...number(4), 0, 0, ...number(4713)], Infinity);
    }),
};

topics[topic]().then(
  () => console.log(JSON.stringify(seen)),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  }
);
