// Checks of what arrives over the comm: clients are other programs, so nothing of theirs is taken on trust.
import { isAbsentOr, isFlag, isObject, isText, isTextByName, isTextOrNull } from '../base/checks.js';
import type { HereMessage, OpenDocument, OutlineMessage, RunHello } from './comm.js';
import type { Outline, PhaseOutline, StepOutline } from '../notebook/outline.js';

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
    (hello.outline === null || isOutline(hello.outline)) &&
    isAbsentOr(isDocument)(hello.document)
  );
}

/** True for a well-formed message of a front end that is answered with nothing. */
export function isNotice(value: unknown): value is OutlineMessage | HereMessage {
  const message = value as OutlineMessage | HereMessage;
  return (
    isObject(value) &&
    (message.type === 'here' ||
      (message.type === 'outline' && isOutline(message.outline) && isAbsentOr(isTextByName)(message.sources)))
  );
}

/** True for a message that can be answered. Whether it asks for an act, and with what it takes, is for the table of acts to say. */
export function isRequest(value: unknown): value is { readonly type: string; readonly request: string } {
  const message = value as { readonly type: unknown; readonly request: unknown };
  return isObject(value) && isText(message.type) && isText(message.request);
}

function isDocument(value: unknown): value is OpenDocument {
  const document = value as OpenDocument;
  return isObject(value) && isText(document.path) && isTextOrNull(document.run);
}

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
    step.holds.every(isText) &&
    isAbsentOr(isFlag)(step.isUnknown) &&
    (step.waitsFor === undefined || (Array.isArray(step.waitsFor) && step.waitsFor.every(isText))) &&
    isAbsentOr(isFlag)(step.isOptional)
  );
}
