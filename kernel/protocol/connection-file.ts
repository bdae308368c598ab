// Reads the connection file that the client writes before it starts the kernel: address, ports and signing key.
// https://jupyter-client.readthedocs.io/en/latest/kernels.html#connection-files
import { getHashes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { LaunchbookError } from '../../contract/base/error.js';
import type { Json, JsonObject } from '../../contract/base/json.js';
import type { SigningKey } from './signature.js';

/** Where the five sockets are bound, and how messages are signed. */
export interface ConnectionInfo {
  readonly transport: 'tcp' | 'ipc';
  /** Address, or the path prefix of the sockets when the transport is `ipc`. */
  readonly ip: string;
  readonly ports: { readonly [socket in SocketName]: number };
  readonly signing: SigningKey;
  /** Null when the client asks for no encryption. */
  readonly encryption: CurveKeys | null;
}

/** The kernel's pair of keys of CurveZMQ, 40 characters of Z85 each: a client that knows the public one may connect. */
export interface CurveKeys {
  readonly publicKey: string;
  readonly secretKey: string;
}

/** The five sockets of a kernel. */
export type SocketName = 'shell' | 'control' | 'iopub' | 'stdin' | 'heartbeat';

/** Jupyter's id of the kernel, after which its servers name the connection file. Undefined when another program named it. */
export function kernelIdOf(path: string): string | undefined {
  return /(?:^|[\\/])kernel-([\da-f-]{36})\.json$/i.exec(path)?.[1];
}

const PORT_FIELDS: { readonly [socket in SocketName]: string } = {
  shell: 'shell_port',
  control: 'control_port',
  iopub: 'iopub_port',
  stdin: 'stdin_port',
  heartbeat: 'hb_port'
};

/**
 * Reads the connection file at `path`.
 *
 * @throws {@link LaunchbookError} `connection_file.invalid` when it cannot be read, or with every fault of its content.
 */
export function readConnectionFile(path: string): ConnectionInfo {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw invalid(`Connection file ${JSON.stringify(path)} cannot be read: ${String(cause)}`);
  }
  return parseConnectionFile(text);
}

/**
 * Parses the text of a connection file.
 *
 * @throws {@link LaunchbookError} `connection_file.invalid` with every fault at once.
 */
export function parseConnectionFile(text: string): ConnectionInfo {
  const fields = parseFields(text);
  const faults: string[] = [];
  const transport = fields['transport'] ?? 'tcp';
  if (transport !== 'tcp' && transport !== 'ipc') {
    faults.push(`"transport" is ${JSON.stringify(transport)}, expected "tcp" or "ipc"`);
  }
  const ip = fields['ip'];
  if (typeof ip !== 'string' || ip === '') {
    faults.push(`"ip" is ${show(ip)}, expected an address`);
  }
  const key = fields['key'] ?? '';
  if (typeof key !== 'string') {
    faults.push('"key" is not a text');
  }
  const hash = hashOf(fields['signature_scheme'] ?? 'hmac-sha256', faults);
  const ports = portsOf(fields, faults);
  const encryption = encryptionOf(fields, faults);
  if (faults.length > 0) {
    throw invalid(`Connection file is not usable: ${faults.join('; ')}`);
  }
  return {
    transport: transport as 'tcp' | 'ipc',
    ip: ip as string,
    ports,
    signing: { key: key as string, hash },
    encryption
  };
}

/** The ZeroMQ address of one socket. */
export function addressOf(connection: ConnectionInfo, socket: SocketName): string {
  const separator = connection.transport === 'tcp' ? ':' : '-';
  return `${connection.transport}://${connection.ip}${separator}${connection.ports[socket]}`;
}

function parseFields(text: string): JsonObject {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (cause) {
    throw invalid(`Connection file is not JSON: ${String(cause)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid('Connection file is not a JSON object');
  }
  return value as JsonObject;
}

function hashOf(scheme: Json, faults: string[]): string {
  const hash = typeof scheme === 'string' ? /^hmac-(.+)$/.exec(scheme)?.[1] : undefined;
  if (hash === undefined || !getHashes().includes(hash)) {
    faults.push(`"signature_scheme" is ${JSON.stringify(scheme)}, expected for example "hmac-sha256"`);
  }
  return hash ?? '';
}

function portsOf(fields: JsonObject, faults: string[]): ConnectionInfo['ports'] {
  const ports = { shell: 0, control: 0, iopub: 0, stdin: 0, heartbeat: 0 };
  for (const socket of Object.keys(PORT_FIELDS) as SocketName[]) {
    const field = PORT_FIELDS[socket];
    const port = fields[field];
    if (typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536) {
      ports[socket] = port;
    } else {
      faults.push(`"${field}" is ${show(port)}, expected a port between 1 and 65535`);
    }
  }
  return ports;
}

/** A damaged key must not lead to sockets without encryption. */
function encryptionOf(fields: JsonObject, faults: string[]): CurveKeys | null {
  const { curve_publickey: publicKey, curve_secretkey: secretKey } = fields;
  if ((publicKey ?? null) === null && (secretKey ?? null) === null) {
    return null;
  }
  if (!isCurveKey(publicKey)) {
    faults.push(`"curve_publickey" is no key of CurveZMQ, expected ${CURVE_KEY_LENGTH} characters of Z85`);
  }
  if (!isCurveKey(secretKey)) {
    faults.push(`"curve_secretkey" is no key of CurveZMQ, expected ${CURVE_KEY_LENGTH} characters of Z85`);
  }
  return { publicKey: String(publicKey), secretKey: String(secretKey) };
}

const CURVE_KEY_LENGTH = 40;

/** https://rfc.zeromq.org/spec/32/ */
function isCurveKey(value: Json | undefined): boolean {
  return typeof value === 'string' && /^[0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]{40}$/.test(value);
}

function show(value: Json | undefined): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}

function invalid(message: string): LaunchbookError {
  return new LaunchbookError(message, {
    code: 'connection_file.invalid',
    hint: 'A Jupyter client writes this file and passes its path when it starts the kernel.'
  });
}
