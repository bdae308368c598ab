// The connection file: what clients write, and all its faults at once.
import { expect, test } from '@jest/globals';
import { addressOf, kernelIdOf, parseConnectionFile } from '../../../kernel/protocol/connection-file.js';

const FILE = {
  shell_port: 50001,
  iopub_port: 50002,
  stdin_port: 50003,
  control_port: 50004,
  hb_port: 50005,
  ip: '127.0.0.1',
  key: 'abc',
  transport: 'tcp',
  signature_scheme: 'hmac-sha256',
  kernel_name: 'launchbook'
};

test('a connection file of jupyter_client is read', () => {
  const connection = parseConnectionFile(JSON.stringify(FILE));
  expect(connection).toEqual({
    transport: 'tcp',
    ip: '127.0.0.1',
    ports: { shell: 50001, iopub: 50002, stdin: 50003, control: 50004, heartbeat: 50005 },
    signing: { key: 'abc', hash: 'sha256' },
    encryption: null
  });
  expect(addressOf(connection, 'heartbeat')).toBe('tcp://127.0.0.1:50005');
});

test('ipc addresses have the number after a dash', () => {
  const connection = parseConnectionFile(JSON.stringify({ ...FILE, transport: 'ipc', ip: '/run/kernel' }));
  expect(addressOf(connection, 'shell')).toBe('ipc:///run/kernel-50001');
});

const KEYS = {
  curve_publickey: 'rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7',
  curve_secretkey: 'D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs'
};

test('a pair of keys of CurveZMQ is read', () => {
  expect(parseConnectionFile(JSON.stringify({ ...FILE, ...KEYS })).encryption).toEqual({
    publicKey: KEYS.curve_publickey,
    secretKey: KEYS.curve_secretkey
  });
});

test.each([
  ['one key alone', { curve_publickey: KEYS.curve_publickey }, '"curve_secretkey"'],
  ['a key that was cut', { ...KEYS, curve_publickey: KEYS.curve_publickey.slice(1) }, '"curve_publickey"'],
  ['a key that is no text', { ...KEYS, curve_secretkey: 5 }, '"curve_secretkey"']
])('%s is a fault: nothing goes on without encryption', (_, keys, named) => {
  expect(() => parseConnectionFile(JSON.stringify({ ...FILE, ...keys }))).toThrow(
    `${named} is no key of CurveZMQ, expected 40 characters of Z85`
  );
});

test('every fault is listed', () => {
  const text = JSON.stringify({
    ...FILE,
    ip: '',
    shell_port: 0,
    transport: 'udp',
    signature_scheme: 'md5sum',
    hb_port: undefined
  });
  expect(() => parseConnectionFile(text)).toThrow(
    'Connection file is not usable: "transport" is "udp", expected "tcp" or "ipc"; "ip" is "", expected an address; ' +
      '"signature_scheme" is "md5sum", expected for example "hmac-sha256"; ' +
      '"shell_port" is 0, expected a port between 1 and 65535; "hb_port" is missing, expected a port between 1 and 65535'
  );
});

test.each(['{', '[]', 'null'])('%s is no connection file', text => {
  expect(() => parseConnectionFile(text)).toThrow(
    expect.objectContaining({ code: 'connection_file.invalid' })
  );
});

test.each([
  ['/run/kernel-87884da8-7195-4c80-9680-45981dfa0653.json', '87884da8-7195-4c80-9680-45981dfa0653'],
  ['kernel-4711.json', undefined],
  ['/tmp/connection.json', undefined]
])('%s is the connection file of the kernel %s', (path, kernel) => {
  expect(kernelIdOf(path)).toBe(kernel);
});
