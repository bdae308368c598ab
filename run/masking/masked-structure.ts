// Masks what has a structure of ours: records, the state in our MIME types, errors. Words of a closed set, ids, times, hashes and names of
// people are never rewritten, so that a decision stays a decision and a person one person; what somebody wrote, and what came from
// outside, is masked.
import type { Json, JsonObject } from '../../contract/base/json.js';
import type { Masking } from './masking.js';

/** Fields whose word or list of words is ours or an identity, wherever they stand. */
const KEPT: ReadonlySet<string> = new Set([
  // What it is, and how it ended.
  'kind',
  'status',
  'outcome',
  'decision',
  'grade',
  'judgement',
  'how',
  'helper',
  'mode',
  'rule',
  'because',
  'code',
  'type',
  'version',
  // What ties records together.
  'id',
  'notebook',
  'place',
  'client',
  'step',
  'steps',
  'from',
  'open',
  'phase',
  'effect',
  'within',
  'lane',
  'approval',
  'approvals',
  'checklist',
  'board',
  'task',
  'rollback',
  'rollbacks',
  'wheel',
  'displayId',
  'run',
  // Hashes.
  'content',
  'hash',
  'sourceHash',
  'prev',
  // Times.
  'at',
  'queuedAt',
  'requestedAt',
  'changedAt',
  'expiresAt',
  'dueAt',
  'answerBy',
  // Who may, and where.
  'environment',
  'approvers',
  'awaited',
  'to',
  'username'
]);

/** Objects that are kept as a whole: what is proved, which is masked before it is hashed and signed, and what is asked of people. */
const KEPT_WHOLE: ReadonlySet<string> = new Set([
  'run',
  'outline',
  'binding',
  'signature',
  'receipt',
  'policy',
  'rules',
  'rule'
]);

/** Fields that hold what came from outside, keys included. */
const FOREIGN: ReadonlySet<string> = new Set(['result', 'values', 'fields', 'metadata']);

const OUR_MIME = 'application/vnd.launchbook.';

/** A value with a structure of ours. The same value when no secret is known. */
export function maskStructure<T>(value: T, masking: Masking): T {
  return masking.isIdle ? value : (mask(value as Json, masking) as T);
}

/** The data of an output: that of our own MIME types has a structure of ours. */
export function maskBundle<T extends JsonObject>(data: T, masking: Masking): T {
  const masked = Object.entries(data).map(([mime, value]) => [
    mime,
    mime.startsWith(OUR_MIME) ? mask(value as Json, masking) : masking.json(value)
  ]);
  return Object.fromEntries(masked) as T;
}

function mask(value: Json, masking: Masking): Json {
  if (typeof value === 'string') {
    return masking.text(value);
  }
  if (Array.isArray(value)) {
    return value.map((item: Json) => mask(item, masking));
  }
  return typeof value === 'object' && value !== null ? maskFields(value as JsonObject, masking) : value;
}

function maskFields(object: JsonObject, masking: Masking): Json {
  const isNameKept = 'grade' in object || 'members' in object || object['kind'] === 'stream';
  const isEffect = 'helper' in object;
  const fields = Object.entries(object)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => [
      key,
      isKept(key, value) || (key === 'name' && isNameKept)
        ? value
        : key === 'data'
          ? maskBundle(value as JsonObject, masking)
          : FOREIGN.has(key) || (key === 'request' && isEffect)
            ? masking.json(value)
            : mask(value as Json, masking)
    ]);
  return Object.fromEntries(fields) as Json;
}

/** A word, a number or a list of words under a name of ours; an object only as a whole. */
function isKept(key: string, value: unknown): boolean {
  const isObject = typeof value === 'object' && value !== null;
  const isWords = Array.isArray(value) && value.every(item => typeof item !== 'object');
  return (isObject && !isWords ? KEPT_WHOLE : KEPT).has(key);
}
