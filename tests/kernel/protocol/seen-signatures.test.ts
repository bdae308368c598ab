// A message that was recorded and sent again is dropped; the memory for that is bounded.
import { expect, test } from '@jest/globals';
import { makeMessage } from '../../../kernel/protocol/make.js';
import { SeenSignatures } from '../../../kernel/protocol/seen-signatures.js';
import { partsToMessage } from '../../../kernel/protocol/wire.js';
import { receivedParts } from './received.js';

const SENDER = { session: 's', username: 'u' };
const SIGNING = { key: 'secret', hash: 'sha256' };

test('a message is taken once', () => {
  const seen = new SeenSignatures();
  const parts = receivedParts(makeMessage(SENDER, 'kernel_info_request', {}), SIGNING);
  expect(partsToMessage(parts, SIGNING, seen).header.type).toBe('kernel_info_request');
  expect(() => partsToMessage(parts, SIGNING, seen)).toThrow('A message came a second time');
  const other = receivedParts(makeMessage(SENDER, 'kernel_info_request', {}), SIGNING);
  expect(partsToMessage(other, SIGNING, seen).header.type).toBe('kernel_info_request');
});

test('other routing and other buffers do not make it another message', () => {
  const seen = new SeenSignatures();
  const parts = receivedParts(makeMessage(SENDER, 'kernel_info_request', {}), SIGNING);
  partsToMessage(parts, SIGNING, seen);
  const rerouted = [Buffer.from('other'), ...parts, Buffer.from('buffer')];
  expect(() => partsToMessage(rerouted, SIGNING, seen)).toThrow(
    expect.objectContaining({ code: 'protocol.replayed' })
  );
});

test('a forged copy does not keep the genuine message out', () => {
  const seen = new SeenSignatures();
  const parts = receivedParts(makeMessage(SENDER, 'kernel_info_request', {}), SIGNING);
  const forged = [...parts.slice(0, -1), Buffer.from('{"a":1}')];
  expect(() => partsToMessage(forged, SIGNING, seen)).toThrow('does not belong');
  expect(partsToMessage(parts, SIGNING, seen).header.type).toBe('kernel_info_request');
});

test('without a key nothing is signed, so nothing counts as seen', () => {
  const seen = new SeenSignatures();
  const open = { key: '', hash: 'sha256' };
  const parts = receivedParts(makeMessage(SENDER, 'kernel_info_request', {}), open);
  partsToMessage(parts, open, seen);
  expect(partsToMessage(parts, open, seen).header.type).toBe('kernel_info_request');
});

test('at least the last generation is remembered, and at most two', () => {
  const seen = new SeenSignatures(10);
  const signature = (index: number): Uint8Array =>
    Buffer.from(String(index).padStart(64, '0').split('').reverse().join(''));
  for (let index = 0; index < 25; index += 1) {
    expect(seen.hasSeen(signature(index))).toBe(false);
  }
  expect(Array.from({ length: 10 }, (_, index) => seen.hasSeen(signature(15 + index)))).toEqual(
    Array(10).fill(true)
  );
  expect(seen.hasSeen(signature(0))).toBe(false);
});
