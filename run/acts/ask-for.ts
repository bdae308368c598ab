// Asks for an act of the table, for messages and for line commands alike. What it takes is checked first, then who may, then it is carried out.
import type { LaunchbookError } from '../../contract/base/error.js';
import type { ActName, ActParams } from '../../contract/comms/acts.js';
import { faultOfClock } from '../../record/decisions/clock-back.js';
import { ArchivedRunError } from '../../record/errors/archived-run-error.js';
import { makeError } from '../make-error.js';
import type { Act, ActAnswer, ActParts, AskedFrom } from './act.js';
import { ACTS } from './acts.js';

/**
 * Does what a person asks for.
 *
 * @throws code `act.malformed` for parameters of another kind, `driver.not_you`, `run.busy`, and what the act itself refuses.
 */
export async function askFor<A extends ActName>(
  parts: ActParts,
  name: A,
  given: ActParams[A],
  from: AskedFrom
): Promise<ActAnswer> {
  const act: Act<A> = ACTS[name];
  const params = parametersOf(name, act, given);
  // What is wrong with the journal is told by the act itself, when it cannot do without.
  await Promise.all([parts.people.check(), parts.keeper.open().catch(() => undefined)]);
  await parts.keeper.whenTold();
  const refusal = await refusalOf(parts, name, from);
  if (refusal) {
    throw refusal;
  }
  const asker = { ...from, by: parts.people.asking(from.client) };
  const carryOut = async (): Promise<ActAnswer> => (await act.carryOut(parts, params, asker)) ?? {};
  return act.occupies === undefined || from.cell ? carryOut() : parts.lane.take(act.occupies, carryOut);
}

/** Why this client may not ask for the act, or null. What only looks is for everybody, always. */
export async function refusalOf(
  { wheel, keeper }: Pick<ActParts, 'wheel' | 'keeper'>,
  name: ActName,
  { client }: AskedFrom
): Promise<LaunchbookError | null> {
  const { archived } = keeper.state;
  if (archived && ACTS[name].who !== 'everybody' && name !== 'reopen') {
    return new ArchivedRunError(archived);
  }
  const isBarred = ACTS[name].who !== 'everybody' && name !== 'accept-clock';
  const fault = isBarred ? faultOfClock(keeper.state) : null;
  if (fault) {
    return fault;
  }
  return ACTS[name].who === 'driver' ? wheel.refusalOf(client) : null;
}

/** True for the name of an act. */
export function isActName(name: string): name is ActName {
  return Object.hasOwn(ACTS, name);
}

/** What the act takes, and nothing else that came along. */
function parametersOf<A extends ActName>(name: A, { takes }: Act<A>, given: ActParams[A]): ActParams[A] {
  const values = given as { readonly [param: string]: unknown };
  const checks = Object.entries(takes as { readonly [param: string]: (value: unknown) => boolean });
  const faulty = checks.filter(([param, fits]) => !fits(values[param])).map(([param]) => param);
  if (faulty.length > 0) {
    throw makeError(
      'MalformedActError',
      'act.malformed',
      `“${name}” was not done: ${faulty.join(', ')} ${faulty.length === 1 ? 'is' : 'are'} missing or of another kind.`
    );
  }
  const known = checks.map(([param]) => param).filter(param => values[param] !== undefined);
  return Object.fromEntries(known.map(param => [param, values[param]])) as ActParams[A];
}
