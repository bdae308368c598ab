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
  if (!isObject(value)) {
    return false;
  }
  switch (message.type) {
    case 'outline':
      return isOutline(message.outline);
    case 'decide':
      return [message.request, message.approval, message.content, message.decision, message.comment].every(
        isText
      );
    case 'tick':
      return (
        isText(message.request) &&
        isText(message.checklist) &&
        typeof message.item === 'number' &&
        typeof message.ticked === 'boolean'
      );
    default:
      return false;
  }
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
    step.holds.every(isText)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
