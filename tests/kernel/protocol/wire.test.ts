// Messages as bytes: layout, signature over the received bytes, and what happens to bytes that are wrong.
import { describe, expect, test } from '@jest/globals';
import { joinFrames, splitFrames } from '../../../kernel/protocol/frames.js';
import { makeMessage } from '../../../kernel/protocol/make.js';
import { isSignedBy, signParts } from '../../../kernel/protocol/signature.js';
import { partsToMessage } from '../../../kernel/protocol/wire.js';
import { receivedParts } from './received.js';

const SIGNING = { key: 'secret', hash: 'sha256' };
const SENDER = { session: 's1', username: 'ann' };
const bytes = (text: string): Uint8Array => Buffer.from(text);

function partsOf(header: string, parent = '{}', metadata = '{}', content = '{}'): Uint8Array[] {
  const signed = [header, parent, metadata, content].map(bytes);
  return [bytes('<IDS|MSG>'), signParts(SIGNING, signed), ...signed];
}

describe('a message', () => {
  test('survives the way through bytes with identities, buffers, parent and unknown header fields', () => {
    const parent = { ...makeMessage(SENDER, 'kernel_info_request', {}).header, extra: { subshell_id: 'x' } };
    const message = makeMessage(
      SENDER,
      'stream',
      { name: 'stdout', text: 'grüß 😀' },
      {
        parent,
        metadata: { a: 1 },
        identities: [bytes('one'), bytes('two')],
        buffers: [Buffer.from([0, 255, 10])]
      }
    );
    expect(partsToMessage(receivedParts(message, SIGNING), SIGNING)).toEqual(message);
  });

  test.each(['grüß 😀 \ud800 \0', 'é'.repeat(100_000)])(
    'of any length is the same as text and as bytes',
    text => {
      const message = makeMessage(SENDER, 'stream', { name: 'stdout', text });
      expect(partsToMessage(receivedParts(message, SIGNING), SIGNING)).toEqual(message);
    }
  );

  test('carries wire names, a date with Z, and the protocol version', () => {
    const parts = receivedParts(makeMessage(SENDER, 'status', { execution_state: 'idle' }), SIGNING);
    const [header, parent] = splitFrames(parts).signed.map(part => JSON.parse(Buffer.from(part).toString()));
    expect(header).toEqual({
      msg_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      msg_type: 'status',
      session: 's1',
      username: 'ann',
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      version: '5.5'
    });
    expect(parent).toEqual({});
  });

  test('is verified over the bytes as received, whatever their spacing', () => {
    const header = '{ "msg_type" : "status",  "msg_id":"m" }';
    expect(partsToMessage(partsOf(header), SIGNING).header).toMatchObject({
      id: 'm',
      type: 'status',
      session: ''
    });
  });

  test('with null for parent and metadata is accepted', () => {
    const message = partsToMessage(partsOf('{"msg_id":"m","msg_type":"t"}', 'null', 'null'), SIGNING);
    expect(message).toMatchObject({ parent: null, metadata: {} });
  });
});

describe('bytes that are wrong', () => {
  const good = '{"msg_id":"m","msg_type":"t"}';
  const forged = partsOf(good);
  forged[2] = bytes('{"msg_id":"m","msg_type":"u"}');
  test.each([
    ['no delimiter', [bytes('x')], 'protocol.malformed'],
    ['too few parts', [bytes('<IDS|MSG>'), bytes(''), bytes('{}')], 'protocol.malformed'],
    ['a changed header', forged, 'protocol.forged'],
    ['no signature', [bytes('<IDS|MSG>'), bytes(''), ...partsOf(good).slice(2)], 'protocol.forged'],
    ['a header that is not JSON', partsOf('{'), 'protocol.malformed'],
    ['a header without type', partsOf('{"msg_id":"m"}'), 'protocol.malformed'],
    ['a content that is a list', partsOf(good, '{}', '{}', '[]'), 'protocol.malformed']
  ])('%s', (_title, parts, code) => {
    expect(() => partsToMessage(parts, SIGNING)).toThrow(expect.objectContaining({ code }));
  });
});

test('the frames of a message join to the bytes they were split from', () => {
  const parts = [bytes('id'), ...partsOf('{"msg_id":"m","msg_type":"t"}'), bytes('buffer')];
  expect(joinFrames(splitFrames(parts))).toEqual(parts);
});

describe('a signature', () => {
  // RFC 4231, test case 2.
  test('is the hexadecimal HMAC of the parts together', () => {
    const signature = signParts({ key: 'Jefe', hash: 'sha256' }, [
      bytes('what do ya want '),
      bytes('for nothing?')
    ]);
    expect(Buffer.from(signature).toString()).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'
    );
  });

  test('of another key is refused', () => {
    const signature = signParts({ key: 'other', hash: 'sha256' }, [bytes('x')]);
    expect(isSignedBy(SIGNING, signature, [bytes('x')])).toBe(false);
  });

  test('is neither made nor asked for without a key', () => {
    expect(signParts({ key: '', hash: 'sha256' }, [bytes('x')])).toHaveLength(0);
    expect(isSignedBy({ key: '', hash: 'sha256' }, bytes('anything'), [bytes('x')])).toBe(true);
  });
});

test('a header keeps unknown fields that are plain, and passes over nested ones', () => {
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const header = `{"msg_id":"m","msg_type":"t","subshell_id":"x","deep":${deep}}`;
  expect(partsToMessage(partsOf(header), SIGNING).header.extra).toEqual({ subshell_id: 'x' });
});
