// Checks of what arrives over the comm: clients are other programs, so nothing of theirs is taken on trust.
import type { ClientMessage, RunHello } from './comm.js';
import type { Outline, PhaseOutline, StepOutline } from './outline.js';

/** True for a well-formed opening message of any version. */
export function isRunHello(value: unknown): value is RunHello {
  const hello = value as RunHello;
  return (
    isObject(value) &&
    typeof hello.version === 'number' &&
    typeof hello.client === 'string' &&
    isObject(hello.user) &&
    typeof hello.user.username === 'string' &&
    typeof hello.user.name === 'string' &&
    (hello.outline === null || isOutline(hello.outline))
  );
}

/** True for a well-formed message of a front end. */
export function isClientMessage(value: unknown): value is ClientMessage {
  const message = value as ClientMessage;
  if (!isObject(value) || typeof message.type !== 'string' || !Object.hasOwn(FIELDS, message.type)) {
    return false;
  }
  const fields = Object.entries(FIELDS[message.type]);
  return fields.every(([name, fits]) => fits((message as unknown as Record<string, unknown>)[name]));
}

type Check = (value: unknown) => boolean;
type FieldsOf<M> = { readonly [K in Exclude<keyof M, 'type'>]-?: Check };

function isOutline(value: unknown): value is Outline {
  const outline = value as Outline;
  return (
    isObject(value) && isText(outline.title) && Array.isArray(outline.phases) && outline.phases.every(isPhase)
  );
}

function isPhase(value: unknown): boolean {
  const phase = value as PhaseOutline;
  return (
    isObject(value) &&
    isText(phase.id) &&
    isText(phase.title) &&
    Array.isArray(phase.steps) &&
    phase.steps.every(isStep)
  );
}

function isStep(value: unknown): boolean {
  const step = value as StepOutline;
  return (
    isObject(value) &&
    isText(step.id) &&
    isText(step.title) &&
    Array.isArray(step.holds) &&
    step.holds.every(isText)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): boolean {
  return value === null || isText(value);
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function isFlag(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isAbsentOr(check: Check): Check {
  return value => value === undefined || check(value);
}

function isTextByName(value: unknown): boolean {
  return isObject(value) && Object.values(value as object).every(isText);
}

/** What each message must have. Whether it makes sense is for the kernel to say, with the reason. */
const FIELDS: { readonly [M in ClientMessage as M['type']]: FieldsOf<M> } = {
  outline: { outline: isOutline, sources: isAbsentOr(isTextByName) },
  here: {},
  decide: {
    request: isText,
    approval: isText,
    content: isText,
    decision: isText,
    comment: isText,
    values: isAbsentOr(isObject)
  },
  'decide-signed': { request: isText, token: isText },
  revoke: { request: isText, approval: isText, reason: isText },
  'break-glass': { request: isText, approval: isText, reason: isText },
  'release-phase': { request: isText, phase: isText, reason: isText },
  tick: { request: isText, checklist: isText, item: value => typeof value === 'number', ticked: isFlag },
  task: { request: isText, board: isText, task: isText, action: isText, comment: isText },
  'ask-wheel': { request: isText },
  'answer-wheel': { request: isText, wheel: isText, accepted: isFlag, reason: isText },
  'offer-wheel': { request: isText, to: isText },
  'settle-offer': { request: isText, wheel: isText, accepted: isFlag, reason: isText },
  'replace-driver': { request: isText, reason: isText },
  'confirm-environment': { request: isText, typed: isText },
  resume: { request: isText, texts: isAbsentOr(isTextByName) },
  discard: { request: isText, from: isTextOrNull, reason: isText },
  judge: { request: isText, effect: isText, judgement: isText, reason: isText },
  skip: { request: isText, step: isText, reason: isText },
  rewind: { request: isText, checkpoint: isText, reason: isText },
  'plan-resume': { request: isText, texts: isAbsentOr(isTextByName) },
  'plan-rewind': { request: isText, checkpoint: isText },
  'roll-back': { request: isText, step: isTextOrNull, reason: isText },
  'plan-rollback': { request: isText, step: isTextOrNull }
};
