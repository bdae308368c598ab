// Masking never rewrites what is an answer or a name. Records of every kind, made from the published schema, stay what the schema says
// and keep their people, although secrets are parts of every word in it; and no text of them shows a secret.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { JsonObject } from '../../../contract/base/json.js';
import { MaskedOutputs } from '../../../run/masking/masked-outputs.js';
import { maskJournal } from '../../../run/masking/masked-journal.js';
import { maskStructure } from '../../../run/masking/masked-structure.js';
import { Masking } from '../../../run/masking/masking.js';
import { MemoryJournal } from '../../../record/journal/memory-journal.js';
import { RECORD_WORDS, refuseReserved } from '../../../runbook/masking/reserved-words.js';
import { approvalBundle } from '../../../contract/holds/fallback.js';
import { APPROVAL_MIME } from '../../../contract/holds/mime.js';
import { foldJournal } from '../../../contract/reduce/reduce.js';
import { decided, requested, stamp } from '../../contract/sample-journal.js';
import { root } from '../../house/root.js';
import { rounds } from '../../proof.js';
import { makeRandom } from '../../random.js';
import { makeSampleRun } from '../sample-run.js';

jest.setTimeout(120_000);

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: { readonly [name: string]: Schema };
  readonly additionalProperties?: Schema | boolean;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

const SCHEMA = JSON.parse(readFileSync(join(root, 'docs/journal.schema.json'), 'utf8')) as Schema & {
  readonly $defs: { readonly [name: string]: Schema };
};
const isValid = new Ajv2020({ strict: false, validateFormats: false }).compile(SCHEMA);
const KINDS = SCHEMA.allOf![1]!.anyOf!.map(({ $ref }) => $ref!.split('/').at(-1)!);
const SECRET = 'sesame-4711';
const PERSON = { username: 'passer', name: 'Appro Vedder', grade: 'claimed' };

/** Every word of the schema that has a closed set of them. */
function wordsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) {
    return [];
  }
  const own = [...((schema as Schema).enum ?? []), (schema as Schema).const];
  const words = own.filter((word): word is string => typeof word === 'string');
  return [...words, ...Object.values(schema).flatMap(wordsOf)];
}

const CLOSED = [...new Set(wordsOf(SCHEMA))];

function instance(schema: Schema, random: () => number, name = ''): unknown {
  const { $ref, anyOf, allOf, items, properties } = schema;
  if ($ref === '#/$defs/Person') {
    return PERSON;
  }
  if ($ref !== undefined) {
    return instance(SCHEMA.$defs[$ref.split('/').at(-1)!]!, random, name);
  }
  if (schema.const !== undefined || schema.enum) {
    const all = schema.enum ?? [schema.const];
    return all[Math.floor(random() * all.length)];
  }
  if (anyOf) {
    return instance(anyOf[Math.floor(random() * anyOf.length)]!, random, name);
  }
  if (allOf) {
    return Object.assign({}, ...allOf.map(each => instance(each, random, name)));
  }
  const type = [schema.type ?? 'string'].flat()[0]!;
  if (type === 'array') {
    return [0, 1].map(() => instance(items ?? {}, random, name));
  }
  if (type === 'object' || properties) {
    const required = new Set(schema.required);
    const entries = Object.entries(properties ?? {}).filter(([key]) => required.has(key) || random() < 0.5);
    return Object.fromEntries(entries.map(([key, each]) => [key, instance(each, random, key)]));
  }
  const made: { readonly [type: string]: unknown } = {
    number: 4711,
    integer: 4711,
    boolean: true,
    null: null
  };
  // A display's id is a name of its cell.
  return type in made ? made[type] : name === 'displayId' ? name : `passed ${SECRET} ${name}`;
}

function masked(secrets: readonly string[]): Masking {
  const masking = new Masking();
  secrets.forEach((value, index) => masking.learn({ name: `S${index}`, value }));
  return masking;
}

/** Parts of every word, of the people's names, and a number that durations have too. */
const PARTS = [
  ...CLOSED.filter((word, index) => word.length > 4 && index % 4 === 0).map(word => word.slice(0, -1)),
  'asser',
  'Vedder',
  '4711'
].filter(part => !RECORD_WORDS.includes(part));

test('records of every kind stay what the schema says, with the people that they name', () => {
  const random = makeRandom(13);
  const masking = masked(PARTS);
  for (let round = 0; round < rounds({ inTest: 20, inProof: 200 }); round++) {
    for (const kind of KINDS) {
      const stamped = { seq: 1, at: '2026-11-22T08:00:00.000Z', prev: '0'.repeat(64) };
      const record = { ...stamped, ...(instance(SCHEMA.$defs[kind]!, random) as JsonObject) };
      expect([kind, isValid(record), isValid.errors]).toEqual([kind, true, null]);
      const after = maskStructure(record, masking);
      expect([kind, isValid(after), isValid.errors]).toEqual([kind, true, null]);
      expect(peopleIn(after)).toEqual(peopleIn(record));
    }
  }
});

test.each([
  'NoteRecorded',
  'EffectStarted',
  'EffectEnded',
  'ApprovalDecided',
  'StepSkipped',
  'OutputsRecorded'
])('no text of a %s shows a secret', kind => {
  const random = makeRandom(14);
  const masking = masked([SECRET]);
  for (let round = 0; round < 50; round++) {
    const record = instance(SCHEMA.$defs[kind]!, random) as { readonly [key: string]: unknown };
    const after = maskStructure<{ readonly [key: string]: unknown }>(record, masking);
    for (const field of ['text', 'label', 'request', 'result', 'reason', 'comment', 'outputs']) {
      expect(JSON.stringify(after[field] ?? '')).not.toContain(SECRET);
    }
  }
});

test.each(['approved', 'Rejected', 'passed', ' failed ', 'inconclusive', 'claimed', 'dry-run'])(
  'a secret with the value “%s” is refused when it is learned, and the error does not tell it',
  value => {
    const learn = (): void => new Masking().learn({ name: 'TOKEN', value });
    expect(learn).toThrow(expect.objectContaining({ code: 'secret.unusable' }));
    expect(learn).not.toThrow(value.trim());
    expect(() => refuseReserved({ name: 'TOKEN', value })).toThrow("The secret 'TOKEN' cannot be used");
  }
);

test('every word of a decision, an outcome, a state and a grade is such a value', () => {
  const closed = ['status', 'outcome', 'decision', 'grade', 'judgement', 'how', 'mode'];
  const words = Object.values(SCHEMA.$defs).flatMap(({ properties = {} }) =>
    closed.flatMap(name => wordsOf(properties[name] ?? {}))
  );
  const more = Object.values(SCHEMA.$defs).flatMap(({ properties = {} }) =>
    closed.flatMap(name => wordsOf(SCHEMA.$defs[properties[name]?.$ref?.split('/').at(-1) ?? ''] ?? {}))
  );
  expect([...words, ...more].filter(word => word.length >= 4 && !RECORD_WORDS.includes(word))).toEqual([]);
});

test('the name of a person, a group, the release and the environment is refused', async () => {
  const run = makeSampleRun();
  await run.admit('look');
  for (const value of ['qa-lead', 'Ann Lee', 'staging', '2.4.0', run.people.owner.username]) {
    if (value.length >= 4) {
      expect(() => run.masking.learn({ name: 'TOKEN', value })).toThrow('a name in this run');
    }
  }
  run.masking.learn({ name: 'TOKEN', value: 'sesame' });
  run.end();
});

test('an answer that is one of the choices stays; what is written freely is masked', async () => {
  const masking = masked(['canary', SECRET]);
  const memory = Object.assign(new MemoryJournal(() => 0), { initialRecords: [] });
  const journal = maskJournal(memory, masking);
  const asked = requested('s1') as Extract<ReturnType<typeof requested>, { kind: 'approval-requested' }>;
  const made = decided('s1') as Extract<ReturnType<typeof decided>, { kind: 'approval-decided' }>;
  const field = { label: 'How', required: true } as const;
  const rules = {
    ...asked.request.rules,
    form: [
      { ...field, name: 'way', type: 'choice' as const, choices: ['canary', 'all at once'] },
      { ...field, name: 'why', type: 'text' as const, choices: [] }
    ]
  };
  await journal.append({ ...asked, request: { ...asked.request, rules: rules as never } });
  const values = { way: 'canary', why: `canary, ${SECRET}` };
  const record = await journal.append({ ...made, decision: { ...made.decision, values } });
  expect(record).toMatchObject({ decision: { values: { way: 'canary', why: '«secret S0», «secret S1»' } } });
});

test('the card of an approval keeps its state, in messages too', () => {
  const state = foldJournal(stamp([requested('s1'), decided('s1')]));
  const bundle = approvalBundle(Object.values(state.approvals)[0]!, null);
  const published: JsonObject[] = [];
  const outputs = new MaskedOutputs(masked(['pprove', 'ann', 'Bob R', 'laime']), {
    publish: (_, output) => void published.push((output as unknown as { data: JsonObject }).data)
  });
  outputs.publish('a', { kind: 'display', data: bundle, metadata: {} });
  expect(published[0]![APPROVAL_MIME]).toEqual(bundle[APPROVAL_MIME]);
  expect(String(published[0]!['text/plain'])).toContain('«secret S0»');
});

function peopleIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return 'grade' in value && 'username' in value ? [value] : Object.values(value).flatMap(peopleIn);
}
